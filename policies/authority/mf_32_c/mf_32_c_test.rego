package sharing.authority.mf_32_c_test

import data.sharing.authority.mf_32_c
import data.sharing.testing

ask(request) := result if {
	result := mf_32_c.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_consistent if ask(testing.client) == {"milestone", "notes"}

test_inconsistent if ask(testing.changed(testing.client, "/purpose", "decide")) == set()
