package sharing.authority.desda_42_test

import data.sharing.authority.desda_42
import data.sharing.testing

ask(request) := result if {
	result := desda_42.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_program_information if ask(testing.case) == {"helper", "name", "notes", "number", "reporter"}

test_business_information if ask(testing.finding) == set()

test_other_department if ask(testing.permit) == set()

visit := json.patch(testing.case, [
	{"op": "add", "path": "/record_type", "value": "service"},
	{"op": "add", "path": "/elements", "value": ["step"]},
	{"op": "add", "path": "/purpose", "value": "deliver"},
	{"op": "add", "path": "/agreement/schedule/purpose", "value": "deliver"},
	{"op": "add", "path": "/agreement/schedule/clauses/0/record_type", "value": "service"},
])

delivers(request) := result if {
	result := desda_42.obliges with input as request
		with data.register as testing.register
		with data.parties as json.patch(testing.parties, [{"op": "add", "path": "/ircc-a/programs/-", "value": "service-delivery"}])
		with data.catalogue as testing.catalogue
}

test_service_delivery_under_section_34_1 if delivers(testing.citing(visit, "DESDA-34.1")) == set()

test_service_delivery_under_what_the_clause_does_not_cite if delivers(visit) == {"step"}

together := json.patch(testing.case, [
	{"op": "add", "path": "/elements", "value": ["number"]},
	{"op": "add", "path": "/purpose", "value": "co-administer"},
	{"op": "add", "path": "/agreement/schedule/purpose", "value": "co-administer"},
])

test_co_administered if ask(testing.citing(together, "DESDA-34.1-2")) == set()

test_co_administered_under_another_provision if ask(together) == {"number"}

dead := testing.stating(testing.on("access-request", "shelter-a", "access", testing.about("esdc-a", "case", ["name", "number"])), "dead-over-20-years")

test_dead_for_long if ask(testing.released(dead, ["PA-3-m"], ["number"])) == {"name"}
