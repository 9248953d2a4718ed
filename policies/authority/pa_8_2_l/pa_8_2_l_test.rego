package sharing.authority.pa_8_2_l_test

import data.sharing.authority.pa_8_2_l
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_l.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := json.patch(testing.permit, [
	{"op": "add", "path": "/purpose", "value": "locate"},
	{"op": "add", "path": "/elements", "value": ["address", "status"]},
])

test_location_only if ask(asked) == {"address"}

test_other_purpose if ask(testing.changed(asked, "/purpose", "consistent")) == set()

test_recipient_is_not_federal if ask(testing.by(asked, "province-a")) == set()

test_custodian_is_not_federal if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/ircc-a/kind", "value": "province"}])
	pa_8_2_l.permits == set() with input as asked
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_element_of_another_regime if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/permit/elements/address/regime", "value": "fippa"}])
	pa_8_2_l.permits == set() with input as asked
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}
