package sharing.obligations_test

import data.sharing.obligations
import data.sharing.testing

clauses := testing.case.agreement.schedule.clauses

duties(authorities) := result if {
	result := obligations.for(clauses, authorities) with input as testing.case
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

complete(clauses_given, authorities) if {
	obligations.complete(clauses_given, authorities) with input as testing.case
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_in_order if [duty.code | some duty in duties({"DESDA-35", "PA-8-2-b"})] == ["caveat", "date", "dispose", "record", "retain-at-least"]

test_of_the_clause_alone if [duty.code | some duty in duties(set())] == ["date", "dispose", "retain-at-least"]

test_bound if {
	some duty in duties({"DESDA-35"})
	duty == {"code": "caveat", "on": "ircc-a", "due_days": 0, "citations": ["DESDA-42"]}
}

test_days if {
	some duty in duties(set())
	duty.code == "dispose"
	duty.due_days == 900
}

test_complete if complete(clauses, {"DESDA-35"})

test_unknown_obligation if not complete([testing.changed(clauses[0], "/obligations", ["sing"])], set())
