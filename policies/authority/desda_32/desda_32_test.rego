package sharing.authority.desda_32_test

import data.sharing.authority.desda_32
import data.sharing.testing

ask(request) := result if {
	result := desda_32.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_agreed_conditions_open if ask(testing.case) == set()

test_agreement_in_force_is_not_enough if ask(testing.changed(testing.case, "/agreement/schedule/advisability", null)) == {"helper", "name", "notes", "number", "reporter"}

test_consent_does_not_open if ask(testing.changed(testing.changed(testing.case, "/agreement/schedule/advisability", null), "/ground", "consent")) == {"helper", "name", "notes", "number", "reporter"}

test_province_opens if ask(testing.province) == set()

test_department_opens if ask(testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "co-administer")) == set()

test_other_body_opens if ask(testing.by(testing.case, "shelter-a")) == set()

test_other_regime if ask(testing.permit) == set()

test_published_finding_opens if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/finding/personal", "value": true}])
	desda_32.forbids == set() with input as testing.changed(testing.finding, "/agreement/schedule/advisability", null)
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_service_delivery_opens if {
	request := json.patch(testing.by(testing.case, "town-a"), [
		{"op": "add", "path": "/record_type", "value": "service"},
		{"op": "add", "path": "/elements", "value": ["step"]},
		{"op": "add", "path": "/purpose", "value": "deliver"},
	])
	parties := json.patch(testing.parties, [{"op": "add", "path": "/town-a/engaged_by", "value": [{"organization": "esdc", "from": "2024-04-01", "until": null}]}])
	desda_32.forbids == set() with input as request
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_a_death_long_ago_opens if {
	dead := testing.stating(testing.on("access-request", "shelter-a", "access", testing.about("esdc-a", "case", ["name", "number"])), "dead-over-20-years")
	ask(testing.released(dead, ["PA-3-m"], ["number"])) == {"name"}
}
