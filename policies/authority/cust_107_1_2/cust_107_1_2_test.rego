package sharing.authority.cust_107_1_2_test

import data.sharing.authority.cust_107_1_2
import data.sharing.testing

ask(request) := result if {
	result := cust_107_1_2.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_listed_pair if ask(testing.crossing) == set()

test_esdc_for_compliance if ask(testing.by(testing.crossing, "esdc-a")) == {"date"}

test_other_regime if ask(testing.case) == set()

test_agency_opens if ask(testing.by(testing.crossing, "cbsa-b")) == set()

test_arrangement_with_a_foreign_state_opens if ask(testing.changed(testing.by(testing.crossing, "state-a"), "/purpose", "border")) == set()
