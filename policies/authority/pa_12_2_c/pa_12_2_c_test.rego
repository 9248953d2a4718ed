package sharing.authority.pa_12_2_c_test

import data.sharing.authority.pa_12_2_c
import data.sharing.testing

ask(request) := result if {
	result := pa_12_2_c.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_for_a_decision if ask(testing.case) == {"helper", "name", "notes", "number", "reporter"}

test_to_a_province if ask(testing.province) == {"number"}

test_for_no_decision if ask(testing.changed(testing.case, "/purpose", "count")) == set()

test_business_information if ask(testing.finding) == set()

test_custodian_is_not_federal if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/esdc-a/kind", "value": "other"}])
	pa_12_2_c.obliges == set() with input as testing.case
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}
