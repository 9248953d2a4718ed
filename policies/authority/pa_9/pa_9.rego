# METADATA
# title: PA-9
# description: "A use or disclosure that the index does not describe is recorded with the information"
# custom:
#   provision: PA-9
# schemas:
#   - input: schema.input
package sharing.authority.pa_9

import data.sharing.authority.pa_8_2_e
import data.sharing.facts

# METADATA
# title: Personal elements for a purpose the bank's statement does not name, but for what an investigative body gets
obliges contains name if {
	facts.custodian.kind == "federal"
	not facts.consistent_use
	some name in facts.governed_personal["privacy-act"]
	not name in pa_8_2_e.permits
}
