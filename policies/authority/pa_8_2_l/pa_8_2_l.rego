# METADATA
# title: PA-8-2-l
# description: "To a federal institution, to locate someone for a debt to the Crown or a payment of it; location data only"
# custom:
#   provision: PA-8-2-l
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_l

import data.sharing.facts

# METADATA
# title: Elements that serve to locate the person
permits contains name if {
	facts.custodian.kind == "federal"
	facts.recipient.kind == "federal"
	facts.purpose.kind == "locate"
	some name in facts.governed["privacy-act"]
	facts.elements[name].category == "location"
}
