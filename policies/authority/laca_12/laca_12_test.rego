package sharing.authority.laca_12_test

import data.sharing.authority.laca_12
import data.sharing.testing

ask(request) := result if {
	result := laca_12.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_federal_recipient if ask(testing.case) == {"helper", "name", "notes", "number", "reporter"}

test_business_information_too if ask(testing.finding) == {"employer", "penalty"}

test_provincial_recipient if ask(testing.province) == set()
