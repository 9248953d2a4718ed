package sharing.authority.irpr_315_21_315_43_test

import data.sharing.authority.irpr_315_21_315_43
import data.sharing.testing

ask(request) := result if {
	result := irpr_315_21_315_43.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := json.patch(testing.by(testing.permit, "us-a"), [
	{"op": "add", "path": "/purpose", "value": "query"},
	{"op": "add", "path": "/elements", "value": ["address", "file", "status"]},
])

test_one_query if ask(asked) == {"status"}

test_in_bulk if ask(testing.changed(asked, "/cardinality", "list")) == set()

test_other_purpose if ask(testing.changed(asked, "/purpose", "decide")) == set()

test_state_that_is_no_partner if ask(testing.by(asked, "state-a")) == set()

by_number := json.patch(testing.by(asked, "australia-a"), [
	{"op": "add", "path": "/purpose", "value": "query"},
	{"op": "add", "path": "/case_reference", "value": true},
])

test_by_transaction_number if ask(by_number) == {"status"}

test_without_a_transaction_number if ask(testing.changed(by_number, "/case_reference", false)) == set()

test_the_first_division_asks_for_none if ask(testing.changed(asked, "/case_reference", false)) == {"status"}

test_other_custodian if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/permit/custodian", "value": "cbsa-a"}])
	irpr_315_21_315_43.permits == set() with input as testing.changed(asked, "/custodian", "cbsa-a")
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_element_of_another_regime if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/permit/elements/status/regime", "value": "fippa"}])
	irpr_315_21_315_43.permits == set() with input as asked
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}
