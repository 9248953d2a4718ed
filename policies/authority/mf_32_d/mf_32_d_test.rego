package sharing.authority.mf_32_d_test

import data.sharing.authority.mf_32_d
import data.sharing.testing

ask(request) := result if {
	result := mf_32_d.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_own_unit if ask(testing.changed(testing.by(testing.contact, "city-b"), "/elements", ["phone"])) == {"phone"}

test_engaged_provider if ask(testing.contact) == {"office", "phone"}

test_stranger if ask(testing.by(testing.contact, "town-a")) == set()

test_inconsistent if ask(testing.changed(testing.contact, "/purpose", "decide")) == set()
