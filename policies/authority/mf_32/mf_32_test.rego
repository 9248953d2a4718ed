package sharing.authority.mf_32_test

import data.sharing.authority.mf_32
import data.sharing.testing

ask(request) := result if {
	result := mf_32.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_agreement_under_an_act_opens if ask(testing.client) == set()

test_nothing_opens if ask(testing.changed(testing.changed(testing.client, "/agreement/schedule/made_under", ["PA-8-2-b"]), "/purpose", "decide")) == {"milestone", "notes"}

test_use_opens if ask(testing.changed(testing.by(testing.contact, "city-b"), "/elements", ["phone"])) == set()

test_consistent_use_opens if ask(testing.changed(testing.client, "/agreement/schedule/made_under", [])) == set()

test_act_opens_alone if ask(testing.changed(testing.client, "/purpose", "decide")) == set()

test_duty_opens_alone if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/town-a/programs", "value": ["work-permits"]}, {"op": "add", "path": "/town-a/engaged_by", "value": [{"organization": "provider", "from": "2024-04-01", "until": null}]}])
	mf_32.forbids == set() with input as json.patch(testing.by(testing.client, "town-a"), [
		{"op": "add", "path": "/purpose", "value": "decide"},
		{"op": "add", "path": "/agreement/schedule/made_under", "value": []},
	])
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}
