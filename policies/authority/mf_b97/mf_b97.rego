# METADATA
# title: MF-B97
# description: "A municipal institution reports breaches with a real risk of significant harm"
# custom:
#   provision: MF-B97
# schemas:
#   - input: schema.input
package sharing.authority.mf_b97

import data.sharing.facts

# METADATA
# title: Personal elements that a municipal institution receives
obliges contains name if {
	"mfippa" in facts.recipient.regimes
	some name in facts.personal
}
