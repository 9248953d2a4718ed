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

test_in_order if [duty.code | some duty in duties({"DESDA-42", "PA-9"})] == ["caveat", "date", "dispose", "record", "retain-at-least"]

test_of_the_clause_alone if [duty.code | some duty in duties(set())] == ["date", "dispose", "retain-at-least"]

test_bound if {
	some duty in duties({"DESDA-42"})
	duty == {"code": "caveat", "on": "ircc-a", "due_days": 0, "citations": ["DESDA-42"]}
}

test_days if {
	some duty in duties(set())
	duty.code == "dispose"
	duty.due_days == 900
}

test_complete if complete(clauses, {"DESDA-42"})

test_unknown_obligation if not complete([testing.changed(clauses[0], "/obligations", ["sing"])], set())

brought(request) := result if {
	result := obligations.brought with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

on_ground(request, authorities) := {duty.code | some duty in result} if {
	result := obligations.on_ground(authorities) with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

of_request(request) := {duty.code | some duty in result} if {
	result := obligations.of_request with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

emergency := testing.on("emergency", "rcmp-a", "protect", testing.about("esdc-a", "case", ["number"]))

test_of_the_ground if on_ground(emergency, set()) == {"after-review", "retain-at-least"}

test_of_another_ground if on_ground(testing.changed(emergency, "/ground", "audit"), set()) == {"retain-at-least"}

test_of_the_provision if on_ground(emergency, {"DESDA-37"}) == {"after-review", "notify-partner-entity", "notify-privacy-commissioner", "retain-at-least"}

test_kept_by_whoever_collects if {
	result := obligations.kept_by_recipient with input as emergency
		with data.register as testing.register
		with data.parties as testing.parties
	result == {{"code": "retain-at-least", "on": "rcmp-a", "due_days": 730, "citations": ["PR-4"]}}
}

test_not_kept_where_no_administrative_use_is_made if on_ground(testing.changed(emergency, "/purpose", "count"), set()) == {"after-review"}

test_kept_in_ontario_whatever_the_use if on_ground(testing.changed(testing.changed(emergency, "/purpose", "count"), "/recipient", "police-a"), set()) == {"after-review", "retain-at-least"}

test_kept_by_nobody_else if on_ground(testing.changed(emergency, "/recipient", "shelter-a"), set()) == {"after-review"}

test_kept_by_no_representative if on_ground(testing.changed(emergency, "/ground", "own-information"), set()) == {"answer-in-30-days"}

test_kept_before_its_time if {
	result := obligations.kept_by_recipient with input as emergency
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/authorities/PR-4/effective/from", "value": "2026-06-02"}])
		with data.parties as testing.parties
	result == set()
}

asked := testing.on("investigative-request", "ircc-a", "investigate", testing.about("esdc-a", "case", ["number"]))

test_of_the_request_itself if of_request(asked) == {"keep-request-and-record"}

test_of_a_request_that_is_none if of_request(testing.silent(asked, "request-in-writing")) == set()

test_of_no_other_request if of_request(emergency) == set()

test_brought_by_the_elements if brought(testing.case)["DESDA-42"] == {"helper", "name", "notes", "number", "reporter"}

test_not_brought_by_others if brought(testing.client)["DESDA-42"] == set()

test_brought_before_its_time if not brought(testing.changed(testing.client, "/date", "2026-12-31"))["MF-B97"]

test_brought_on_its_first_day if brought(testing.changed(testing.client, "/date", "2027-01-01"))["MF-B97"] == {"milestone", "notes"}

test_brought_by_no_provision_outside_the_register if {
	result := obligations.brought with input as testing.case
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/duties", "value": []}])
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	result == {}
}

test_duties_of_the_register_only if {
	result := obligations.of_request with input as asked
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/duties", "value": []}])
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	result == []
}

test_inside_one_institution_nothing_is_disposed_of_by_the_recipient if {
	result := obligations.for(clauses, set()) with input as testing.by(testing.case, "esdc-b")
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	[duty.code | some duty in result] == ["date", "retain-at-least"]
}
