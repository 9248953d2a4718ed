package sharing.authority.irpr_196_2_test

import data.sharing.authority.irpr_196_2
import data.sharing.testing

ask(request) := result if {
	result := irpr_196_2.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_federal if ask(testing.case) == set()

test_shelter if ask(testing.by(testing.case, "shelter-a")) == {"notes"}

test_municipality if ask(testing.by(testing.case, "city-a")) == {"notes"}
