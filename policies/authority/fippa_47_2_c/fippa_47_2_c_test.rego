package sharing.authority.fippa_47_2_c_test

import data.sharing.authority.fippa_47_2_c
import data.sharing.testing

ask(request) := result if {
	result := fippa_47_2_c.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_provincial if ask(testing.ministry) == {"file"}

test_other_regime if ask(testing.case) == set()

test_business_information if {
	catalogue := json.patch(testing.catalogue, [
		{"op": "replace", "path": "/ministry/personal", "value": false},
		{"op": "add", "path": "/ministry/elements/file/sensitivity", "value": "OP"},
	])
	fippa_47_2_c.obliges == set() with input as testing.ministry
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}
