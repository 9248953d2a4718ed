# METADATA
# title: CUST-107-1-2
# description: "Customs information, of persons and companies, is not provided except under section 107"
# custom:
#   provision: CUST-107-1-2
# schemas:
#   - input: schema.input
package sharing.authority.cust_107_1_2

import data.sharing.authority.cust_107_3_4
import data.sharing.authority.cust_107_5
import data.sharing.authority.cust_107_8
import data.sharing.facts

# METADATA
# title: Customs elements that no paragraph opens
forbids contains name if {
	some name in facts.governed.customs
	not name in cust_107_3_4.permits
	not name in cust_107_5.permits
	not name in cust_107_8.permits
}
