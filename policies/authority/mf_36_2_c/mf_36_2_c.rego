# METADATA
# title: MF-36-2-c
# description: "Whoever received the information is told of corrections"
# custom:
#   provision: MF-36-2-c
# schemas:
#   - input: schema.input
package sharing.authority.mf_36_2_c

import data.sharing.facts

# METADATA
# title: Personal elements of a municipal institution
obliges contains name if {
	some name in facts.governed_personal.mfippa
}
