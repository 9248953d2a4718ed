# METADATA
# title: MF-32-e
# description: "To comply with an Act, or an agreement under an Act; a bare memorandum does not qualify"
# custom:
#   provision: MF-32-e
# schemas:
#   - input: schema.input
package sharing.authority.mf_32_e

import data.sharing.agreement_in_force
import data.sharing.facts

# METADATA
# title: Elements under an agreement made under an Act
permits contains name if {
	agreement_in_force.in_force
	some id in facts.schedule.made_under
	id in data.register.authorities["MF-32-e"].parameters.enabling
	some name in facts.governed.mfippa
}
