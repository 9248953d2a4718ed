# METADATA
# title: DESDA-34.1
# description: "Information of a service delivery program, to whoever administers that program"
# custom:
#   provision: DESDA-34.1
# schemas:
#   - input: schema.input
package sharing.authority.desda_34_1

import data.sharing.facts

# METADATA
# title: Elements of a service delivery program, for that program
permits contains name if {
	facts.record_type.program in data.register.authorities["DESDA-34.1"].parameters.programs
	facts.record_type.program in facts.purpose.programs
	administers
	some name in facts.governed.desda
}

# METADATA
# scope: document
# title: The recipient administers the program, itself or for the Department that engages it
administers if facts.record_type.program in facts.recipient.programs

administers if facts.custodian.organization in facts.engaging
