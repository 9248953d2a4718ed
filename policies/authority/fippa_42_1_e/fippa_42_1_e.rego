# METADATA
# title: FIPPA-42-1-e
# description: "To comply with an Act, or an agreement under an Act"
# custom:
#   provision: FIPPA-42-1-e
# schemas:
#   - input: schema.input
package sharing.authority.fippa_42_1_e

import data.sharing.agreement_in_force
import data.sharing.facts

# METADATA
# title: Elements under an agreement made under an Act
permits contains name if {
	agreement_in_force.in_force
	some id in facts.schedule.made_under
	id in data.register.authorities["FIPPA-42-1-e"].parameters.enabling
	some name in facts.governed.fippa
}
