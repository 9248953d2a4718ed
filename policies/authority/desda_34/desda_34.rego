# METADATA
# title: DESDA-34
# description: "To administer or enforce the same program, or inside the Department any program of it"
# custom:
#   provision: DESDA-34
# schemas:
#   - input: schema.input
package sharing.authority.desda_34

import data.sharing.facts

# METADATA
# scope: document
# title: Elements for the same program, or inside the Department for a program it administers or enforces
permits contains name if {
	inside
	some name in facts.under_all_of_part_4
}

permits contains name if {
	same_program
	some name in facts.under_all_of_part_4
}

# METADATA
# title: The recipient is a unit of the Department and administers or enforces a program the purpose belongs to
inside if {
	facts.recipient.organization in data.register.authorities["DESDA-34"].parameters.department
	some program in facts.purpose.programs
	program in facts.recipient.programs
}

# METADATA
# title: The recipient administers the program the information was obtained for
same_program if {
	facts.record_type.program in facts.purpose.programs
	facts.record_type.program in facts.recipient.programs
}
