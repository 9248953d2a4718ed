package sharing.authority.mf_34_35_test

import data.sharing.authority.mf_34_35
import data.sharing.testing

ask(request) := result if {
	result := mf_34_35.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_not_in_the_index if ask(testing.changed(testing.client, "/purpose", "decide")) == {"milestone", "notes"}

test_in_the_index if ask(testing.client) == set()

test_business_contact if ask(testing.changed(testing.changed(testing.contact, "/elements", ["office"]), "/purpose", "decide")) == set()

test_other_regime if ask(testing.case) == set()
