# METADATA
# title: CTR-SP
# description: "A service provider collects for the people it serves, under contract with the institution that engaged it"
# custom:
#   provision: CTR-SP
# schemas:
#   - input: schema.input
package sharing.authority.ctr_sp

import data.sharing.facts

# METADATA
# title: The provider is under contract for the program
collects if {
	"contract" in facts.recipient.regimes
	count(facts.engaging) > 0
	some program in facts.purpose.programs
	program in facts.recipient.programs
}
