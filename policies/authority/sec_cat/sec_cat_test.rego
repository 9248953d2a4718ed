package sharing.authority.sec_cat_test

import data.sharing.authority.sec_cat
import data.sharing.testing

ask(request) := result if {
	result := sec_cat.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_federal if ask(testing.case) == {"helper", "name", "notes", "number", "reporter"}

test_business_information if ask(testing.finding) == set()

test_other_regime if ask(testing.client) == set()

test_custodian_is_not_federal if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/esdc-a/kind", "value": "other"}])
	sec_cat.obliges == set() with input as testing.case
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_everything_of_an_investigation if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/finding/attributes/-", "value": "case_open"}])
	sec_cat.obliges == {"contact", "employer", "penalty"} with input as testing.changed(testing.finding, "/elements", ["contact", "employer", "penalty"])
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
	others := json.patch(testing.parties, [{"op": "add", "path": "/esdc-a/kind", "value": "other"}])
	sec_cat.obliges == set() with input as testing.finding
		with data.register as testing.register
		with data.parties as others
		with data.catalogue as catalogue
}
