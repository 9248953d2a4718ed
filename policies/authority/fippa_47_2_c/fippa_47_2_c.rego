# METADATA
# title: FIPPA-47-2-c
# description: "Whoever received the information of a ministry is told of corrections"
# custom:
#   provision: FIPPA-47-2-c
# schemas:
#   - input: schema.input
package sharing.authority.fippa_47_2_c

import data.sharing.facts

# METADATA
# title: Personal elements of a provincial institution
obliges contains name if {
	some name in facts.governed_personal.fippa
}
