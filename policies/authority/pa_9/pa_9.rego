# METADATA
# title: PA-9
# description: "A use or disclosure that the index does not describe is recorded with the information"
# custom:
#   provision: PA-9
# schemas:
#   - input: schema.input
package sharing.authority.pa_9

import data.sharing.facts

# METADATA
# title: Personal elements for a purpose the bank's statement does not name
obliges contains name if {
	facts.custodian.kind == "federal"
	input.ground != "investigative-request"
	not facts.consistent_use
	some name in facts.governed_personal["privacy-act"]
}
