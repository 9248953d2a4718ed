package sharing.authority.pa_4_test

import data.sharing.authority.pa_4
import data.sharing.testing

ask(request) := result if {
	result := pa_4.collects with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_own_program if ask(testing.case)

test_other_program if not ask(testing.by(testing.case, "rcmp-a"))

test_federal_only if not ask(testing.province)
