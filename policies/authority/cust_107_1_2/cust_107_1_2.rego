# METADATA
# title: CUST-107-1-2
# description: "Customs information, of persons and companies, is not provided except under section 107"
# custom:
#   provision: CUST-107-1-2
# schemas:
#   - input: schema.input
package sharing.authority.cust_107_1_2

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Customs elements that no paragraph opens
forbids contains name if {
	some name in facts.governed.customs
	not in_force.lifts("CUST-107-1-2", name)
}
