# METADATA
# title: DESDA-34.2-access
# description: "The person's right of access reaches information of a service delivery program, which section 33 does not"
# custom:
#   provision: DESDA-34.2-access
# schemas:
#   - input: schema.input
package sharing.authority.desda_34_2_access

import data.sharing.facts
import data.sharing.form
import data.sharing.own_information

# METADATA
# title: Elements of a service delivery program about the person who asks
reaches contains name if {
	facts.service_delivery
	some name in own_information.asked
	name in facts.governed.desda
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["DESDA-34.2-access"]} if some code in form.own_information

# METADATA
# title: What goes by rule, or because a named person released it
permits contains name if {
	some name in reaches
	count(missing) == 0
	own_information.goes("DESDA-34.2-access", name)
}
