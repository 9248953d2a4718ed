package sharing.authority.mf_2_test

import data.sharing.authority.mf_2
import data.sharing.testing

ask(request) := result if {
	result := mf_2.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_business_identity if ask(testing.contact) == {"office", "phone"}

test_client_record if ask(testing.client) == set()
