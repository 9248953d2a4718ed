package sharing.authority.cust_107_5_test

import data.sharing.authority.cust_107_5
import data.sharing.testing

ask(request) := result if {
	result := cust_107_5.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_listed_pair if ask(testing.crossing) == {"date"}

test_other_law if ask(testing.changed(testing.crossing, "/purpose", "consistent")) == set()

test_esdc_not_listed if ask(testing.by(testing.crossing, "esdc-a")) == set()
