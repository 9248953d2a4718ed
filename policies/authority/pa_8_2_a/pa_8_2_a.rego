# METADATA
# title: PA-8-2-a
# description: "Disclosure for the original or a consistent purpose"
# custom:
#   provision: PA-8-2-a
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_a

import data.sharing.facts

# METADATA
# title: Elements of a bank whose statement names the purpose
permits contains name if {
	facts.custodian.kind == "federal"
	facts.consistent_use
	some name in facts.governed["privacy-act"]
}
