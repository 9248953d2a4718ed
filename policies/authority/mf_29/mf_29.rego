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
# title: The source may disclose under a provincial statute and notice is given
collects if {
	"mfippa" in facts.recipient.regimes
	facts.record_type.regime in {"mfippa", "fippa"}
	facts.purpose.notice != ""
}
