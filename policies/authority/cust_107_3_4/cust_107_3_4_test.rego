package sharing.authority.cust_107_3_4_test

import data.sharing.authority.cust_107_3_4
import data.sharing.testing

ask(request) := result if {
	result := cust_107_3_4.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_official_of_the_agency if ask(testing.by(testing.crossing, "cbsa-b")) == {"date"}

test_other_institution if ask(testing.crossing) == set()

test_other_law if ask(testing.changed(testing.by(testing.crossing, "cbsa-b"), "/purpose", "consistent")) == set()
