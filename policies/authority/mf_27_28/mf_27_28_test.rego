package sharing.authority.mf_27_28_test

import data.sharing.authority.mf_27_28
import data.sharing.testing

ask(request) := result if {
	result := mf_27_28.collects with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_own_activity if ask(testing.client)

test_other_activity if not ask(testing.by(testing.client, "city-b"))

test_federal if not ask(testing.case)
