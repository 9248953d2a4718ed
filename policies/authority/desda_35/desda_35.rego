# METADATA
# title: DESDA-35
# description: "To a prescribed federal institution for a prescribed law, on agreed conditions, where the Minister finds it advisable"
# custom:
#   provision: DESDA-35
# schemas:
#   - input: schema.input
package sharing.authority.desda_35

import data.sharing.agreement_in_force
import data.sharing.facts

# METADATA
# title: Elements for a prescribed pair of institution and law
permits contains name if {
	prescribed
	agreement_in_force.in_force
	facts.advisable
	some name in facts.governed.desda
}

# METADATA
# title: Institution and law are a prescribed pair
prescribed if {
	some pair in data.register.authorities["DESDA-35"].parameters.prescribed_pairs
	pair.organization == facts.recipient.organization
	pair.law == facts.purpose.law
}
