# METADATA
# title: TBS-BREACH
# description: "A federal recipient tells the source of a breach and reports a material one within seven days"
# custom:
#   provision: TBS-BREACH
# schemas:
#   - input: schema.input
package sharing.authority.tbs_breach

import data.sharing.facts

# METADATA
# title: Personal elements that a federal institution receives
obliges contains name if {
	facts.recipient.kind == "federal"
	some name in facts.personal
}
