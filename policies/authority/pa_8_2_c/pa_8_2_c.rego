# METADATA
# title: PA-8-2-c
# description: "To comply with a subpoena, warrant or order of who can compel; never what section 40 shields or customs information"
# custom:
#   provision: PA-8-2-c
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_c

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# scope: document
# title: Elements under the Privacy Act alone, and those of a service delivery program of ESDC
reaches contains name if {
	input.ground == "court-order"
	some name in facts.privacy_act_alone
}

reaches contains name if {
	input.ground == "court-order"
	facts.service_delivery
	some name in facts.governed.desda
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["PA-8-2-c"]} if some code in form.court_order

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("PA-8-2-c", name)
}
