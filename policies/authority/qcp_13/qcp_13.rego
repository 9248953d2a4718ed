# METADATA
# title: QCP-13
# description: "An enterprise of Quebec discloses personal information only as the Act lets it"
# custom:
#   provision: QCP-13
# schemas:
#   - input: schema.input
package sharing.authority.qcp_13

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Personal elements that no exception opens
forbids contains name if {
	some name in facts.governed_personal["quebec-private"]
	not in_force.lifts("QCP-13", name)
}
