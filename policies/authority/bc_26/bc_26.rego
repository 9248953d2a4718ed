# METADATA
# title: BC-26
# description: "A public body of British Columbia collects what is necessary for a program of its own"
# custom:
#   provision: BC-26
# schemas:
#   - input: schema.input
package sharing.authority.bc_26

import data.sharing.facts

# METADATA
# title: The purpose belongs to a program of the recipient, and a notice of it is on record
collects if {
	"bc-foippa" in facts.recipient.regimes
	some program in facts.purpose.programs
	program in facts.recipient.programs
	facts.purpose.notice != ""
}
