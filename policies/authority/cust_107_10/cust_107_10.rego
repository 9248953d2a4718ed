# METADATA
# title: CUST-107-10
# description: "Officials are not compelled to give customs information: an instrument of a court is held for a person"
# custom:
#   provision: CUST-107-10
# schemas:
#   - input: schema.input
package sharing.authority.cust_107_10

import data.sharing.determination
import data.sharing.facts

# METADATA
# title: Customs elements that nobody released
forbids contains name if {
	input.ground == "court-order"
	some name in facts.governed.customs
	not determination.releases("CUST-107-5", name)
}
