package sharing.authority.fippa_b194_test

import data.sharing.authority.fippa_b194
import data.sharing.testing

ask(request) := result if {
	result := fippa_b194.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_provincial if ask(testing.province) == {"number"}

test_municipal if ask(testing.client) == set()

test_business_information if ask(testing.by(testing.finding, "province-a")) == set()
