# METADATA
# title: DESDA-34.1-2
# description: "Information of a program that an Act puts under the Minister and a partner entity, to that entity for that program"
# custom:
#   provision: DESDA-34.1-2
# schemas:
#   - input: schema.input
package sharing.authority.desda_34_1_2

import data.sharing.clause_match
import data.sharing.facts

# METADATA
# title: Elements of a co-administered program, for that program, where a clause relies on it
# description: It speaks only where an agreement cites it, for it is a reading that counsel has to confirm.
permits contains name if {
	some clause in clause_match.matched
	"DESDA-34.1-2" in clause.discloser.authorities
	shared
	facts.administers_or_enforces
	facts.record_type.program in facts.purpose.programs
	some name in facts.governed.desda
}

# METADATA
# title: The recipient shares the responsibility for the program the information was obtained under
shared if {
	some pair in data.register.authorities["DESDA-34.1-2"].parameters.co_administered
	pair.organization == facts.recipient.organization
	pair.program == facts.record_type.program
}
