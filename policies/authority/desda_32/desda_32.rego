# METADATA
# title: DESDA-32
# description: "Information of ESDC programs is privileged unless Part 4 opens it; there is no consent gateway"
# custom:
#   provision: DESDA-32
# schemas:
#   - input: schema.input
package sharing.authority.desda_32

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Personal elements that no gateway of Part 4 opens
forbids contains name if {
	some name in facts.governed_personal.desda
	not in_force.lifts("DESDA-32", name)
}
