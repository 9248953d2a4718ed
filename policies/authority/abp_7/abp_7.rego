# METADATA
# title: ABP-7
# description: "An organization of Alberta discloses personal information only as the Act lets it"
# custom:
#   provision: ABP-7
# schemas:
#   - input: schema.input
package sharing.authority.abp_7

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Personal elements that no exception opens
forbids contains name if {
	some name in facts.governed_personal["ab-pipa"]
	not in_force.lifts("ABP-7", name)
}
