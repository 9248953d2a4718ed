# METADATA
# title: MF-29
# description: "Indirect collection by a municipal institution, with notice"
# custom:
#   provision: MF-29
# schemas:
#   - input: schema.input
package sharing.authority.mf_29

import data.sharing.facts
import data.sharing.manner_of_collection

# METADATA
# title: The information may come from elsewhere, and notice is given
collects if {
	"mfippa" in facts.recipient.regimes
	manner_of_collection.indirectly
	facts.purpose.notice != ""
}
