# METADATA
# title: FIPPA-2-2
# description: "What is about somebody dead for more than 30 years is not personal information"
# custom:
#   provision: FIPPA-2-2
# schemas:
#   - input: schema.input
package sharing.authority.fippa_2_2

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts

# METADATA
# title: Elements about somebody who has been dead for more than 30 years, on whoever's request
reaches contains name if {
	input.ground == "access-request"
	evidence.states("dead-over-30-years")
	some name in facts.governed.fippa
}

# METADATA
# title: Those that a person released, who looked at what shows the death
permits contains name if {
	some name in reaches
	determination.releases("FIPPA-2-2", name)
}
