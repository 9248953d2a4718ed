# METADATA
# title: PA-4
# description: "A federal institution collects only what relates directly to a program of its own"
# custom:
#   provision: PA-4
# schemas:
#   - input: schema.input
package sharing.authority.pa_4

import data.sharing.facts

# METADATA
# title: The purpose belongs to a program the recipient declared
collects if {
	facts.recipient.kind == "federal"
	some program in facts.purpose.programs
	program in facts.recipient.programs
}
