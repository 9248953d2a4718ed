# METADATA
# title: AB-4
# description: "A public body of Alberta collects what is necessary for a program of its own"
# custom:
#   provision: AB-4
# schemas:
#   - input: schema.input
package sharing.authority.ab_4

import data.sharing.facts

# METADATA
# title: The purpose belongs to a program of the recipient, and a notice of it is on record
collects if {
	"ab-popa" in facts.recipient.regimes
	some program in facts.purpose.programs
	program in facts.recipient.programs
	facts.purpose.notice != ""
}
