# METADATA
# title: FIPPA-26
# description: "Whoever asks for access is answered within 30 days, until the reform"
# custom:
#   provision: FIPPA-26
# schemas:
#   - input: schema.input
package sharing.authority.fippa_26

import data.sharing.facts

# METADATA
# title: Elements that someone asked access to
obliges contains name if {
	input.ground in {"access-request", "own-information"}
	some name in facts.governed.fippa
}
