package sharing.authority.pa_12_2_c_ii_test

import data.sharing.authority.pa_12_2_c_ii
import data.sharing.testing

ask(request) := result if {
	result := pa_12_2_c_ii.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_federal_recipient if ask(testing.case) == {"helper", "name", "notes", "number", "reporter"}

test_provincial_recipient if ask(testing.province) == set()

test_for_no_decision if ask(testing.changed(testing.case, "/purpose", "count")) == set()

test_business_information if ask(testing.finding) == set()

test_custodian_is_not_federal if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/esdc-a/kind", "value": "other"}])
	pa_12_2_c_ii.obliges == set() with input as testing.case
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}
