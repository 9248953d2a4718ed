package sharing.authority.pa_7_test

import data.sharing.authority.pa_7
import data.sharing.testing

ask(request) := result if {
	result := pa_7.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_one_institution if ask(testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "consistent")) == {"helper", "name", "notes", "number", "reporter"}

test_other_institution if ask(testing.changed(testing.case, "/purpose", "consistent")) == set()

test_inconsistent_use if ask(testing.by(testing.case, "esdc-b")) == set()

test_institution_is_not_federal if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/esdc-a/kind", "value": "other"}, {"op": "add", "path": "/esdc-b/kind", "value": "other"}])
	pa_7.permits == set() with input as testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "consistent")
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

within := testing.changed(testing.by(testing.permit, "ircc-b"), "/purpose", "query")

test_another_purpose if ask(within) == set()

authorised(authorities) := result if {
	request := json.patch(testing.permit, [
		{"op": "add", "path": "/requester", "value": "ircc-b"},
		{"op": "add", "path": "/recipient", "value": "ircc-b"},
		{"op": "add", "path": "/purpose", "value": "decide"},
		{"op": "add", "path": "/agreement/schedule/purpose", "value": "decide"},
		{"op": "add", "path": "/agreement/schedule/clauses/0/recipient/units", "value": ["ircc-b"]},
		{"op": "add", "path": "/agreement/schedule/clauses/0/discloser/authorities", "value": authorities},
	])
	result := pa_7.permits with input as request
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/purposes/decide/consistent_uses", "value": []}])
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_a_purpose_that_another_act_authorises if authorised(["DCI-5.4", "PA-7"]) == {"file", "status"}

test_a_purpose_that_no_other_act_authorises if authorised(["PA-7"]) == set()

test_locating_whom_the_crown_owes if {
	ask(json.patch(within, [
		{"op": "add", "path": "/purpose", "value": "locate"},
		{"op": "add", "path": "/elements", "value": ["address", "status"]},
	])) == {"address"}
}

test_internal_audit if {
	register := json.patch(testing.register, [{"op": "add", "path": "/purposes/query/kind", "value": "audit"}])
	pa_7.permits == {"file", "status"} with input as within
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_internal_audit_does_not_open_another_act if {
	register := json.patch(testing.register, [{"op": "add", "path": "/purposes/query/kind", "value": "audit"}])
	pa_7.permits == set() with input as testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "query")
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}
