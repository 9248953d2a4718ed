# METADATA
# title: QC-64
# description: "A public body of Quebec collects what is necessary for a program of its own"
# custom:
#   provision: QC-64
# schemas:
#   - input: schema.input
package sharing.authority.qc_64

import data.sharing.facts

# METADATA
# title: The purpose belongs to a program of the recipient, and a notice of it is on record
collects if {
	"quebec-access" in facts.recipient.regimes
	some program in facts.purpose.programs
	program in facts.recipient.programs
	facts.purpose.notice != ""
}
