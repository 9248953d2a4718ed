# METADATA
# title: DESDA-36.2
# description: "To any other body under an agreement with the Minister, where the Minister finds it advisable, to administer or enforce a law"
# custom:
#   provision: DESDA-36.2
# schemas:
#   - input: schema.input
package sharing.authority.desda_36_2

import data.sharing.agreement_in_force
import data.sharing.facts

# METADATA
# title: Elements for a municipality or other body
permits contains name if {
	facts.recipient.kind in {"municipal", "other", "social-services-board", "first-nation-government"}
	facts.administers_or_enforces
	agreement_in_force.in_force
	facts.advisable
	some name in facts.under_all_of_part_4
}
