# METADATA
# title: CUST-107-3-4
# description: "To an official of the agency, solely to administer a listed Act"
# custom:
#   provision: CUST-107-3-4
# schemas:
#   - input: schema.input
package sharing.authority.cust_107_3_4

import data.sharing.facts

# METADATA
# title: Customs elements inside the agency for a listed law
permits contains name if {
	facts.one_institution
	facts.purpose.law in data.register.authorities["CUST-107-3-4"].parameters.laws
	some name in facts.governed.customs
}
