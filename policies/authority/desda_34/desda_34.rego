# METADATA
# title: DESDA-34
# description: "To administer or enforce the same program, or inside the Department"
# custom:
#   provision: DESDA-34
# schemas:
#   - input: schema.input
package sharing.authority.desda_34

import data.sharing.facts

# METADATA
# scope: document
# title: Elements for the same program, or for any program inside the Department
permits contains name if {
	inside
	some name in facts.governed.desda
}

permits contains name if {
	same_program
	some name in facts.governed.desda
}

# METADATA
# title: The recipient is a unit of the Department
inside if facts.recipient.organization in data.register.authorities["DESDA-34"].parameters.department

# METADATA
# title: The recipient administers the program the information was obtained for
same_program if {
	facts.record_type.program in facts.purpose.programs
	facts.record_type.program in facts.recipient.programs
}
