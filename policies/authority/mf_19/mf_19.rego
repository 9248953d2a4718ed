# METADATA
# title: MF-19
# description: "Whoever asks for access is answered within 30 days, until the reform"
# custom:
#   provision: MF-19
# schemas:
#   - input: schema.input
package sharing.authority.mf_19

import data.sharing.facts

# METADATA
# title: Elements that someone asked access to
obliges contains name if {
	input.ground in {"access-request", "own-information"}
	some name in facts.governed.mfippa
}
