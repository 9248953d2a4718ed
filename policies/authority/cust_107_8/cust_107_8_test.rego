package sharing.authority.cust_107_8_test

import data.sharing.authority.cust_107_8
import data.sharing.testing

ask(request) := result if {
	result := cust_107_8.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

abroad := testing.changed(testing.by(testing.crossing, "state-a"), "/purpose", "border")

test_foreign_state if ask(abroad) == {"date"}

test_arrangement_over if ask(testing.changed(abroad, "/agreement/term/expiry", "2026-06-01")) == set()

test_other_purpose if ask(testing.changed(abroad, "/purpose", "consistent")) == set()

test_province if ask(testing.changed(testing.by(testing.crossing, "province-a"), "/purpose", "border")) == set()

test_no_customs_information if ask(testing.changed(testing.by(testing.case, "state-a"), "/purpose", "border")) == set()
