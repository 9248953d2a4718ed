# METADATA
# title: DESDA-42
# description: "Recipients are bound by Part 4 under pain of an offence, and are told so"
# custom:
#   provision: DESDA-42
# schemas:
#   - input: schema.input
package sharing.authority.desda_42

import data.sharing.facts

# METADATA
# title: Personal elements of ESDC programs
obliges contains name if {
	some name in facts.governed_personal.desda
}
