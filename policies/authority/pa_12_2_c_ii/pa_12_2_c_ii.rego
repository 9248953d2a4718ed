# METADATA
# title: PA-12-2-c-ii
# description: "A federal institution that is told of a correction makes it on its copies"
# custom:
#   provision: PA-12-2-c-ii
# schemas:
#   - input: schema.input
package sharing.authority.pa_12_2_c_ii

import data.sharing.facts

# METADATA
# title: Personal elements that a federal institution receives for a decision
obliges contains name if {
	facts.custodian.kind == "federal"
	facts.recipient.kind == "federal"
	facts.purpose.administrative
	some name in facts.governed_personal["privacy-act"]
}
