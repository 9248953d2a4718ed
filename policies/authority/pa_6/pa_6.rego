# METADATA
# title: PA-6
# description: "What is disclosed for a decision is dated, so that it is accurate, current and complete"
# custom:
#   provision: PA-6
# schemas:
#   - input: schema.input
package sharing.authority.pa_6

import data.sharing.facts

# METADATA
# title: Personal elements of a federal institution
obliges contains name if {
	facts.custodian.kind == "federal"
	some name in facts.governed_personal["privacy-act"]
}
