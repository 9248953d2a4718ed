package sharing.authority.mf_31_test

import data.sharing.authority.mf_31
import data.sharing.testing

ask(request) := result if {
	result := mf_31.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_one_institution if ask(testing.changed(testing.by(testing.contact, "city-b"), "/elements", ["phone"])) == {"phone"}

test_other_institution if ask(testing.contact) == set()

test_inconsistent_use if ask(testing.changed(testing.changed(testing.by(testing.contact, "city-b"), "/elements", ["phone"]), "/purpose", "decide")) == set()
