# METADATA
# title: FIPPA-47
# description: "The person has access to what a provincial institution holds"
# custom:
#   provision: FIPPA-47
# schemas:
#   - input: schema.input
package sharing.authority.fippa_47

import data.sharing.facts
import data.sharing.form
import data.sharing.own_information

# METADATA
# title: Elements about the person who asks
reaches contains name if {
	some name in own_information.asked
	name in facts.governed.fippa
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["FIPPA-47"]} if some code in (form.own_information | form.of_an_age_to_ask)

# METADATA
# title: What goes to the person by rule, or because a named person released it
permits contains name if {
	some name in reaches
	count(missing) == 0
	own_information.goes("FIPPA-47", name)
}
