package sharing.authority.desda_30_test

import data.sharing.authority.desda_30
import data.sharing.testing

ask(request) := result if {
	result := desda_30.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_business_information if ask(testing.finding) == {"employer", "penalty"}

test_person if ask(testing.case) == set()

test_other_regime if ask(testing.permit) == set()
