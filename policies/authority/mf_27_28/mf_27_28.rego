# METADATA
# title: MF-27-28
# description: "A municipal institution collects what is necessary for a lawfully authorised activity"
# custom:
#   provision: MF-27-28
# schemas:
#   - input: schema.input
package sharing.authority.mf_27_28

import data.sharing.facts

# METADATA
# title: The purpose belongs to an activity of the recipient
collects if {
	"mfippa" in facts.recipient.regimes
	some program in facts.purpose.programs
	program in facts.recipient.programs
}
