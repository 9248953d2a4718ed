# METADATA
# title: PA-12-2-c
# description: "Whoever received the information for a decision is told of corrections"
# custom:
#   provision: PA-12-2-c
# schemas:
#   - input: schema.input
package sharing.authority.pa_12_2_c

import data.sharing.facts

# METADATA
# title: Personal elements given for a decision
obliges contains name if {
	facts.custodian.kind == "federal"
	facts.purpose.administrative
	some name in facts.governed_personal["privacy-act"]
}
