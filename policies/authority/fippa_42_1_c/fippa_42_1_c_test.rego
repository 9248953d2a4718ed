package sharing.authority.fippa_42_1_c_test

import data.sharing.authority.fippa_42_1_c
import data.sharing.testing

ask(request) := result if {
	result := fippa_42_1_c.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_consistent if ask(testing.changed(testing.ministry, "/purpose", "consistent")) == {"file"}

test_inconsistent if ask(testing.ministry) == set()
