package sharing.authority.desda_34_test

import data.sharing.authority.desda_34
import data.sharing.testing

ask(request) := result if {
	result := desda_34.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_department if ask(testing.by(testing.case, "esdc-b")) == {"helper", "name", "notes", "number", "reporter"}

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
