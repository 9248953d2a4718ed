# METADATA
# title: CUST-107-5
# description: "To specified persons, each solely for its law"
# custom:
#   provision: CUST-107-5
# schemas:
#   - input: schema.input
package sharing.authority.cust_107_5

import data.sharing.facts

# METADATA
# title: Customs elements for a listed pair of institution and law
permits contains name if {
	some pair in data.register.authorities["CUST-107-5"].parameters.prescribed_pairs
	pair.organization == facts.recipient.organization
	pair.law == facts.purpose.law
	some name in facts.governed.customs
}
