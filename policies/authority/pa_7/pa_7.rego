# METADATA
# title: PA-7
# description: "Use inside one federal institution, for the original or a consistent purpose"
# custom:
#   provision: PA-7
# schemas:
#   - input: schema.input
package sharing.authority.pa_7

import data.sharing.facts

# METADATA
# title: Elements used inside one institution, consistently with the bank
permits contains name if {
	facts.custodian.kind == "federal"
	facts.one_institution
	facts.consistent_use
	some name in facts.governed["privacy-act"]
}
