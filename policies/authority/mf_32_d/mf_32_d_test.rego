package sharing.authority.mf_32_d_test

import data.sharing.authority.mf_32_d
import data.sharing.testing

in_program := json.patch(testing.parties, [
	{"op": "add", "path": "/provider-a/programs/-", "value": "ontario-works"},
	{"op": "add", "path": "/city-b/programs/-", "value": "ontario-works"},
])

ask(request) := given(request, in_program)

given(request, parties) := result if {
	result := mf_32_d.permits with input as request
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_own_unit if ask(testing.changed(testing.by(testing.contact, "city-b"), "/elements", ["phone"])) == {"phone"}

test_engaged_provider if ask(testing.contact) == {"office", "phone"}

test_stranger if ask(testing.by(testing.contact, "town-a")) == set()

test_no_duty_in_the_program if given(testing.contact, testing.parties) == set()

test_purpose_of_another_program if ask(testing.changed(testing.contact, "/purpose", "decide")) == set()

test_elements_of_another_regime if ask(testing.changed(testing.by(testing.ministry, "province-a"), "/purpose", "inspect")) == set()
