# METADATA
# title: MF-29
# description: "Indirect collection by a municipal institution, with notice"
# custom:
#   provision: MF-29
# schemas:
#   - input: schema.input
package sharing.authority.mf_29

import data.sharing.facts

# METADATA
# title: The information may come from elsewhere, and notice is given
collects if {
	"mfippa" in facts.recipient.regimes
	indirectly
	facts.purpose.notice != ""
}

# METADATA
# scope: document
# title: The source discloses under a provincial statute, or the ground itself allows another manner
indirectly if facts.under_ontario_law

indirectly if input.ground in {"consent", "court-order", "emergency", "investigative-request"}
