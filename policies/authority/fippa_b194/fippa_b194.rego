# METADATA
# title: FIPPA-B194
# description: "A provincial institution reports breaches with a real risk of significant harm"
# custom:
#   provision: FIPPA-B194
# schemas:
#   - input: schema.input
package sharing.authority.fippa_b194

import data.sharing.facts

# METADATA
# title: Personal elements that a provincial institution receives
obliges contains name if {
	"fippa" in facts.recipient.regimes
	some name in facts.personal
}
