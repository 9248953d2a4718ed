package sharing.authority.irpr_207_1_test

import data.sharing.authority.irpr_207_1
import data.sharing.testing

ask(request) := result if {
	result := irpr_207_1.collects with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_ircc_for_the_permit if ask(testing.case)

test_other_purpose if not ask(testing.changed(testing.case, "/purpose", "consistent"))

test_other_institution if not ask(testing.by(testing.case, "cbsa-a"))
