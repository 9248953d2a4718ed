# METADATA
# title: PA-8-2-i
# description: "To Library and Archives Canada, to be kept in the archives"
# custom:
#   provision: PA-8-2-i
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_i

import data.sharing.facts

# METADATA
# title: Elements for the archives
permits contains name if {
	facts.custodian.kind == "federal"
	facts.recipient.organization in data.register.authorities["PA-8-2-i"].parameters.organizations
	facts.purpose.kind == "archive"
	some name in facts.governed["privacy-act"]
}
