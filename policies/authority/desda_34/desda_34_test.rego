package sharing.authority.desda_34_test

import data.sharing.authority.desda_34
import data.sharing.testing

ask(request) := result if {
	result := desda_34.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

within := testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "co-administer")

test_department if ask(within) == {"helper", "name", "notes", "number", "reporter"}

test_department_for_what_is_no_program_of_it if ask(testing.by(testing.case, "esdc-b")) == set()

test_service_delivery if ask(json.patch(within, [
	{"op": "add", "path": "/record_type", "value": "service"},
	{"op": "add", "path": "/elements", "value": ["step"]},
])) == set()

test_other_department if ask(testing.case) == set()

test_same_program if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/ircc-a/programs/-", "value": "tfwp"}])
	request := testing.changed(testing.case, "/purpose", "consistent")
	desda_34.permits == {"helper", "name", "notes", "number", "reporter"} with input as request
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_other_program_of_the_recipient if ask(testing.changed(testing.case, "/purpose", "consistent")) == set()

test_purpose_of_another_program if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/ircc-a/programs/-", "value": "tfwp"}])
	desda_34.permits == set() with input as testing.case
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}
