package sharing.authority.desda_42_test

import data.sharing.authority.desda_42
import data.sharing.testing

ask(request) := result if {
	result := desda_42.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_program_information if ask(testing.case) == {"helper", "name", "notes", "number", "reporter"}

test_business_information if ask(testing.finding) == set()

test_other_department if ask(testing.permit) == set()
