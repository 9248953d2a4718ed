# METADATA
# title: Clause match
# description: |
#   A clause speaks to a request when its schedule is written for the purpose and it names the record type, the
#   custodian, the recipient and the cardinality. A list about persons needs a clause that says so and why.
# schemas:
#   - input: schema.input
package sharing.clause_match

import data.sharing.facts

# METADATA
# title: Clauses between these units on this record type, whatever the cardinality
between[clause.id] := clause if {
	facts.purpose
	facts.schedule.purpose == input.purpose
	some clause in facts.schedule.clauses
	clause.record_type == input.record_type
	clause.discloser.unit == input.custodian
	input.recipient in clause.recipient.units
	facts.record_type
}

# METADATA
# title: Clauses that also grant the cardinality asked
matched[id] := clause if {
	some id, clause in between
	input.cardinality in clause.cardinality
	may_list(clause)
}

# METADATA
# scope: document
# title: A list is of business information, or the clause says why it is of persons
may_list(_) if input.cardinality == "single"

may_list(_) if {
	not facts.record_type.personal
	count(facts.personal) == 0
}

may_list(clause) if {
	is_string(clause.personal_list.reason)
	clause.personal_list.reason != ""
}

# METADATA
# scope: document
# title: Why no clause matches
reasons contains {"code": "purpose-not-covered", "citations": [input.agreement.id]} if {
	not facts.schedule.purpose == input.purpose
}

reasons contains {"code": "no-clause", "citations": [input.agreement.id]} if {
	facts.schedule.purpose == input.purpose
	count(between) == 0
}

reasons contains {"code": code, "citations": citations} if {
	count(between) > 0
	count(matched) == 0
	code := {"list": "list-not-granted", "single": "single-not-granted"}[input.cardinality]
	citations := [reference(clause) | some clause in between]
}

reasons contains {"code": "list-not-granted", "citations": []} if {
	input.cardinality == "list"
	facts.record_type.personal
	count(matched) == 0
}

# METADATA
# title: How a clause is cited
reference(clause) := concat("/", [input.agreement.id, clause.id])
