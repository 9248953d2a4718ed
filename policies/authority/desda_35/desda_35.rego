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
	some name in facts.under_all_of_part_4
}

# METADATA
# title: Institution and law are a prescribed pair
prescribed if {
	some pair in pairs
	pair.organization == facts.recipient.organization
	pair.law == facts.purpose.law
}

# METADATA
# scope: document
# title: The pairs of the Regulations for the program of the record
# description: Section 3 leaves out the Canada Pension Plan and old age security; 3.1 and 3.2 have pairs of their own.
pairs contains pair if {
	count(of_program) == 0
	some pair in data.register.authorities["DESDA-35"].parameters.prescribed_pairs
}

pairs contains pair if some pair in of_program

# METADATA
# title: The pairs that the Regulations write for this program alone
of_program contains pair if {
	some pair in data.register.authorities["DESDA-35"].parameters.pairs_of_program
	pair.program == facts.record_type.program
}
