# METADATA
# title: DESDA-36
# description: "To a province or a foreign state, to administer or enforce a law, on agreed conditions"
# custom:
#   provision: DESDA-36
# schemas:
#   - input: schema.input
package sharing.authority.desda_36

import data.sharing.agreement_in_force
import data.sharing.facts

# METADATA
# title: Elements for a province, a foreign state or an international organization
permits contains name if {
	facts.recipient.kind in {"province", "foreign-state", "international-organization"}
	facts.administers_or_enforces
	agreement_in_force.in_force
	facts.advisable
	some name in facts.under_all_of_part_4
}
