package sharing.authority.pa_8_2_i_test

import data.sharing.authority.pa_8_2_i
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_i.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

transfer := testing.changed(testing.by(testing.permit, "lac-a"), "/purpose", "archive")

test_to_the_archives if ask(transfer) == {"file", "status"}

test_other_purpose if ask(testing.changed(transfer, "/purpose", "decide")) == set()

test_other_institution if ask(testing.changed(testing.by(testing.permit, "doj-a"), "/purpose", "archive")) == set()

test_custodian_is_not_federal if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/ircc-a/kind", "value": "province"}])
	pa_8_2_i.permits == set() with input as transfer
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}
