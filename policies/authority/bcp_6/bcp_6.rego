# METADATA
# title: BCP-6
# description: "An organization of British Columbia discloses personal information only as the Act lets it"
# custom:
#   provision: BCP-6
# schemas:
#   - input: schema.input
package sharing.authority.bcp_6

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Personal elements that no exception opens
forbids contains name if {
	some name in facts.governed_personal["bc-pipa"]
	not in_force.lifts("BCP-6", name)
}
