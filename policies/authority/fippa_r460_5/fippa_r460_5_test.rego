package sharing.authority.fippa_r460_5_test

import data.sharing.authority.fippa_r460_5
import data.sharing.testing

ask(request) := result if {
	result := fippa_r460_5.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_long_enough if ask(testing.province) == set()

test_too_short if ask(testing.changed(testing.province, "/agreement/schedule/clauses/0/retention/max_days", 364)) == {"number"}

test_federal if ask(testing.changed(testing.case, "/agreement/schedule/clauses/0/retention/max_days", 10)) == set()

test_on_the_last_day if ask(testing.changed(testing.province, "/agreement/schedule/clauses/0/retention/max_days", 365)) == set()

test_business_information if {
	ask(json.patch(testing.by(testing.finding, "province-a"), [{"op": "add", "path": "/agreement/schedule/clauses/0/retention/max_days", "value": 10}])) == set()
}
