# METADATA
# title: CUST-107-8
# description: "To a foreign state under a written arrangement"
# custom:
#   provision: CUST-107-8
# schemas:
#   - input: schema.input
package sharing.authority.cust_107_8

import data.sharing.agreement_in_force
import data.sharing.facts

# METADATA
# title: Customs elements for a foreign state, under an arrangement in force
permits contains name if {
	facts.recipient.kind in {"foreign-state", "international-organization"}
	facts.administers_or_enforces
	agreement_in_force.in_force
	some name in facts.governed.customs
}
