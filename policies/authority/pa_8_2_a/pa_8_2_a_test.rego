package sharing.authority.pa_8_2_a_test

import data.sharing.authority.pa_8_2_a
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_a.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_consistent if ask(testing.changed(testing.case, "/purpose", "consistent")) == {"helper", "name", "notes", "number", "reporter"}

test_not_in_the_bank_statement if ask(testing.case) == set()

test_federal_custodian_only if ask(testing.client) == set()

test_custodian_is_not_federal if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/esdc-a/kind", "value": "other"}])
	pa_8_2_a.permits == set() with input as testing.changed(testing.case, "/purpose", "consistent")
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}
