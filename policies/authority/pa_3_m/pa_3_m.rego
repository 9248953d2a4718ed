# METADATA
# title: PA-3-m
# description: "What is about somebody dead for more than 20 years is not personal information, for Part 4 of the ESDC Act too"
# custom:
#   provision: PA-3-m
# schemas:
#   - input: schema.input
package sharing.authority.pa_3_m

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts

# METADATA
# title: Elements about somebody who has been dead for more than 20 years, on whoever's request
# description: |
#   Part 4 of the ESDC Act takes the definition over (s.30(1)), paragraph (m) with it. What the Customs Act protects need
#   not be personal, so that a death opens nothing there.
reaches contains name if {
	input.ground == "access-request"
	evidence.states("dead-over-20-years")
	some name in facts.governed["privacy-act"]
	not facts.governs("customs", name)
}

# METADATA
# title: Those that a person released, who looked at what shows the death
permits contains name if {
	some name in reaches
	determination.releases("PA-3-m", name)
}
