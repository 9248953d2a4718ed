# METADATA
# title: FIPPA-26-B97
# description: "Whoever asks for access is answered within 45 business days, from the reform on"
# custom:
#   provision: FIPPA-26-B97
# schemas:
#   - input: schema.input
package sharing.authority.fippa_26_b97

import data.sharing.facts

# METADATA
# title: Elements that someone asked access to
obliges contains name if {
	input.ground in {"access-request", "own-information"}
	some name in facts.governed.fippa
}
