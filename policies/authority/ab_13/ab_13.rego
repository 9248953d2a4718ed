# METADATA
# title: AB-13
# description: "A public body of Alberta discloses personal information only as the Act lets it"
# custom:
#   provision: AB-13
# schemas:
#   - input: schema.input
package sharing.authority.ab_13

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Personal elements that no exception opens
forbids contains name if {
	some name in facts.governed_personal["ab-popa"]
	not in_force.lifts("AB-13", name)
}
