# METADATA
# title: BC-33
# description: "A public body of British Columbia discloses personal information only as the Act lets it"
# custom:
#   provision: BC-33
# schemas:
#   - input: schema.input
package sharing.authority.bc_33

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Personal elements that no exception opens
forbids contains name if {
	some name in facts.governed_personal["bc-foippa"]
	not in_force.lifts("BC-33", name)
}
