# METADATA
# title: PA-8-1
# description: "No disclosure of personal information except under section 8; use under section 7 is within paragraph 8(2)(a)"
# custom:
#   provision: PA-8-1
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_1

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Personal elements that no paragraph opens
forbids contains name if {
	some name in facts.governed_personal["privacy-act"]
	not in_force.lifts("PA-8-1", name)
}
