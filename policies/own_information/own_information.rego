# METADATA
# title: Own information
# description: |
#   A person gets by rule what is about them from the unit that holds it, which verified who asks. Whoever else asks in
#   their name says so themselves, so a named person of the custodian verifies that first. What was reported of abuse, and
#   the files of those who enforce the law, go to a person too: by the record type, whatever the state of the record.
# schemas:
#   - input: schema.input
package sharing.own_information

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts

# METADATA
# title: Elements of a record about the person who asks
asked contains name if {
	input.ground == "own-information"
	facts.record_type.personal
	some name, _ in facts.elements
}

# METADATA
# scope: document
# title: Elements that a person has to weigh
weighed contains name if {
	input.recipient != input.custodian
	some name, _ in facts.elements
}

weighed contains name if {
	evidence.states("representative")
	some name, _ in facts.elements
}

weighed contains name if {
	some name, element in facts.elements
	element.reprisal_sensitive
}

weighed contains name if {
	"case_open" in facts.record_type.attributes
	facts.record_type.program in data.register.authorities["PA-19-22-25-26"].parameters.programs
	some name, _ in facts.elements
}

# METADATA
# scope: document
# title: The element goes under the provision, by rule or because a person released it
goes(_, name) if not name in weighed

goes(id, name) if determination.releases(id, name)
