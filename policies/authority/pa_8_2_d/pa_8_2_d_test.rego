package sharing.authority.pa_8_2_d_test

import data.sharing.authority.pa_8_2_d
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_d.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

counsel := testing.changed(testing.by(testing.permit, "doj-a"), "/purpose", "sue")

test_counsel_in_proceedings if ask(counsel) == {"file", "status"}

test_other_purpose if ask(testing.changed(counsel, "/purpose", "decide")) == set()

test_other_institution if ask(testing.changed(testing.by(testing.permit, "rcmp-a"), "/purpose", "sue")) == set()

test_custodian_is_not_federal if ask(testing.changed(testing.changed(counsel, "/custodian", "province-a"), "/record_type", "ministry")) == set()

test_municipal_custodian_with_elements_of_the_act if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/ircc-a/kind", "value": "municipal"}])
	pa_8_2_d.permits == set() with input as counsel
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_elements_of_another_regime if ask(testing.changed(testing.by(testing.client, "doj-a"), "/purpose", "sue")) == set()
