# METADATA
# title: DESDA-33
# description: "On written request, to the person or a representative"
# custom:
#   provision: DESDA-33
# schemas:
#   - input: schema.input
package sharing.authority.desda_33

import data.sharing.facts
import data.sharing.form
import data.sharing.own_information

# METADATA
# title: Elements about the person who asks
reaches contains name if {
	some name in own_information.asked
	name in facts.under_all_of_part_4
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["DESDA-33"]} if some code in form.own_information

# METADATA
# title: What goes to the person by rule, or because a named person released it
permits contains name if {
	some name in reaches
	count(missing) == 0
	own_information.goes("DESDA-33", name)
}
