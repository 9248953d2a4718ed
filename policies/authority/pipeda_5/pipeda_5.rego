# METADATA
# title: PIPEDA-5
# description: "A private organization discloses personal information only as the Act lets it"
# custom:
#   provision: PIPEDA-5
# schemas:
#   - input: schema.input
package sharing.authority.pipeda_5

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Personal elements that no exception opens
forbids contains name if {
	some name in facts.governed_personal.pipeda
	not in_force.lifts("PIPEDA-5", name)
}
