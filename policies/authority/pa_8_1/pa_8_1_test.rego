package sharing.authority.pa_8_1_test

import data.sharing.authority.pa_8_1
import data.sharing.testing

ask(request) := result if {
	result := pa_8_1.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_nothing_opens if ask(testing.changed(testing.case, "/agreement/schedule/advisability", null)) == {"helper", "name", "notes", "number", "reporter"}

test_desda_opens if ask(testing.case) == set()

test_consistent_use_opens if ask(testing.changed(testing.case, "/purpose", "consistent")) == set()

test_agreement_with_province_opens if ask(testing.changed(testing.province, "/agreement/schedule/advisability", null)) == set()

test_business_information_is_free if ask(testing.finding) == set()

test_use_opens if ask(testing.changed(testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "consistent"), "/agreement/schedule/advisability", null)) == set()

test_crown_proceedings_open if ask(testing.changed(testing.by(testing.permit, "doj-a"), "/purpose", "sue")) == set()

test_archives_open if ask(testing.changed(testing.by(testing.permit, "lac-a"), "/purpose", "archive")) == set()

test_locating_opens_location_only if {
	request := testing.changed(testing.by(testing.permit, "rcmp-a"), "/agreement/term/expiry", "2026-06-01")
	ask(json.patch(request, [
		{"op": "add", "path": "/purpose", "value": "locate"},
		{"op": "add", "path": "/elements", "value": ["address", "file"]},
	])) == {"file"}
}
