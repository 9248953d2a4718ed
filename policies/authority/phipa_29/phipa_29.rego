# METADATA
# title: PHIPA-29
# description: "A health information custodian discloses personal information only as the Act lets it"
# custom:
#   provision: PHIPA-29
# schemas:
#   - input: schema.input
package sharing.authority.phipa_29

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Personal elements that no exception opens
forbids contains name if {
	some name in facts.governed_personal.phipa
	not in_force.lifts("PHIPA-29", name)
}
