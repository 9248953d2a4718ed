# METADATA
# title: FIPPA-38-39
# description: "A ministry collects what is necessary for a lawfully authorised activity, indirectly where permitted"
# custom:
#   provision: FIPPA-38-39
# schemas:
#   - input: schema.input
package sharing.authority.fippa_38_39

import data.sharing.facts

# METADATA
# title: The purpose belongs to an activity of the ministry
collects if {
	"fippa" in facts.recipient.regimes
	some program in facts.purpose.programs
	program in facts.recipient.programs
	facts.purpose.notice != ""
}
