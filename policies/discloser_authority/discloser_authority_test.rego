package sharing.discloser_authority_test

import data.sharing.discloser_authority
import data.sharing.testing

ask(request) := result if {
	result := discloser_authority with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_every_regime_opened if ask(testing.case).open.c1 == {"helper", "name", "notes", "number", "reporter"}

test_one_regime_is_not_enough if {
	request := testing.changed(testing.case, "/agreement/schedule/clauses/0/discloser/authorities", ["DESDA-35"])
	not ask(request).open.c1
}

test_agreement_alone_opens_nothing if {
	request := testing.changed(testing.case, "/agreement/schedule/clauses/0/discloser/authorities", [])
	not ask(request).open.c1
}

test_provision_before_its_time if {
	request := testing.changed(testing.permit_for_a_law, "/date", "2026-03-25")
	not ask(request).open.i1
}

test_provision_in_its_time if ask(testing.changed(testing.permit_for_a_law, "/date", "2026-03-26")).open.i1 == {"status"}

test_prohibition_before_its_time if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/GW-REPRISAL/effective/from", "value": "2026-06-02"}])
	forbidden := discloser_authority.forbidden with input as testing.citing(testing.by(testing.case, "shelter-a"), "DESDA-36.2")
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	not forbidden.notes
}

test_prohibition_named if ask(testing.citing(testing.by(testing.case, "shelter-a"), "DESDA-36.2")).forbidden.notes == {"GW-REPRISAL"}

test_cited_only if object.keys(ask(testing.case).permitted_by) == {"DESDA-35", "PA-8-2-b"}

test_a_clause_opens_by_what_it_cites_itself if {
	clause := testing.case.agreement.schedule.clauses[0]
	bare := json.patch(clause, [{"op": "add", "path": "/id", "value": "c0"}, {"op": "add", "path": "/discloser/authorities", "value": []}])
	open := ask(testing.changed(testing.case, "/agreement/schedule/clauses/-", bare)).open
	object.keys(open) == {"c1"}
}

test_prohibitions_of_the_register_only if {
	forbidden := discloser_authority.forbidden with input as testing.by(testing.case, "shelter-a")
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/prohibitions", "value": []}])
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	forbidden == {}
}

lacking(request) := result if {
	result := discloser_authority.lacking("c1", "number") with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_nothing_lacks_where_all_let_go if lacking(testing.case) == set()

test_what_lacks_is_named if lacking(testing.changed(testing.case, "/agreement/schedule/advisability", null)) == {"DESDA-35", "PA-8-2-b"}
