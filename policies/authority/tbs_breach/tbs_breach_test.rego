package sharing.authority.tbs_breach_test

import data.sharing.authority.tbs_breach
import data.sharing.testing

ask(request) := result if {
	result := tbs_breach.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_federal_recipient if ask(testing.case) == {"helper", "name", "notes", "number", "reporter"}

test_provincial_recipient if ask(testing.province) == set()

test_business_information if ask(testing.finding) == set()
