package sharing.authority.mf_b97_test

import data.sharing.authority.mf_b97
import data.sharing.testing

ask(request) := result if {
	result := mf_b97.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_municipal if ask(testing.client) == {"milestone", "notes"}

test_provincial if ask(testing.province) == set()

test_business_information if ask(testing.by(testing.finding, "city-a")) == set()
