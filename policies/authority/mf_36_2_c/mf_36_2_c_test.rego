package sharing.authority.mf_36_2_c_test

import data.sharing.authority.mf_36_2_c
import data.sharing.testing

ask(request) := result if {
	result := mf_36_2_c.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_municipal if ask(testing.client) == {"milestone", "notes"}

test_business_contact if ask(testing.changed(testing.contact, "/elements", ["office"])) == set()

test_other_regime if ask(testing.case) == set()
