# METADATA
# title: FOR-LAW
# description: "A foreign state collects under its own law, as an arrangement in force states it"
# custom:
#   provision: FOR-LAW
# schemas:
#   - input: schema.input
package sharing.authority.for_law

import data.sharing.agreement_in_force
import data.sharing.facts

# METADATA
# title: An arrangement in force covers a program of a government or organization that has a law of its own
collects if {
	facts.recipient.kind in {"foreign-state", "international-organization", "first-nation-government"}
	agreement_in_force.in_force
	some program in facts.purpose.programs
	program in facts.recipient.programs
}
