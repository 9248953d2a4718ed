# METADATA
# title: PA-8-4
# description: "A written request of an investigative body is kept, refused or not, and so is what was disclosed"
# custom:
#   provision: PA-8-4
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_4

import data.sharing.evidence
import data.sharing.facts

# METADATA
# title: Elements that such a request asked for
obliges contains name if {
	input.ground == "investigative-request"
	evidence.states("request-in-writing")
	facts.custodian.kind == "federal"
	some name in input.elements
}
