package sharing.authority.mf_31_test

import data.sharing.authority.mf_31
import data.sharing.testing

ask(request) := result if {
	result := mf_31.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_one_institution if ask(testing.changed(testing.by(testing.contact, "city-b"), "/elements", ["phone"])) == {"phone"}

test_other_institution if ask(testing.contact) == set()

under_nothing := json.patch(testing.by(testing.contact, "city-b"), [
	{"op": "add", "path": "/elements", "value": ["phone"]},
	{"op": "add", "path": "/purpose", "value": "decide"},
	{"op": "add", "path": "/agreement/schedule/made_under", "value": []},
])

test_inconsistent_use if ask(under_nothing) == set()

test_what_an_officer_needs_for_a_program if {
	request := testing.changed(testing.changed(under_nothing, "/recipient", "city-a"), "/purpose", "decide")
	parties := json.patch(testing.parties, [{"op": "add", "path": "/city-a/programs", "value": ["work-permits"]}])
	mf_31.permits == {"phone"} with input as request
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_what_an_act_calls_for if ask(testing.changed(under_nothing, "/agreement/schedule/made_under", ["OWA-71-73"])) == {"phone"}

test_an_act_opens_nothing_to_another_institution if {
	ask(json.patch(testing.contact, [
		{"op": "add", "path": "/purpose", "value": "decide"},
		{"op": "add", "path": "/agreement/schedule/made_under", "value": ["OWA-71-73"]},
	])) == set()
}
