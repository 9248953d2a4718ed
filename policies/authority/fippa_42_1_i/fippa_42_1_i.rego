# METADATA
# title: FIPPA-42-1-i
# description: "Out of compassion to those close to someone injured, ill or dead"
# custom:
#   provision: FIPPA-42-1-i
# schemas:
#   - input: schema.input
package sharing.authority.fippa_42_1_i

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts

# METADATA
# title: Elements under the provincial Act, for compassion
reaches contains name if {
	input.ground == "emergency"
	evidence.states("compassion")
	some name in facts.governed.fippa
}

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	determination.releases("FIPPA-42-1-i", name)
}
