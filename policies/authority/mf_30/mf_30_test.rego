package sharing.authority.mf_30_test

import data.sharing.authority.mf_30
import data.sharing.testing

ask(request) := result if {
	result := mf_30.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_long_enough if ask(testing.client) == set()

test_too_short if ask(testing.changed(testing.client, "/agreement/schedule/clauses/0/retention/max_days", 364)) == {"milestone"}

test_federal if ask(testing.changed(testing.case, "/agreement/schedule/clauses/0/retention/max_days", 10)) == set()

test_business_information if ask(testing.changed(testing.by(testing.contact, "town-a"), "/agreement/schedule/clauses/0/elements", [{"name": "office", "form": {"kind": "plain"}}])) == set()

test_business_destroyed_soon if ask(testing.changed(testing.changed(testing.by(testing.contact, "town-a"), "/agreement/schedule/clauses/0/elements", [{"name": "office", "form": {"kind": "plain"}}]), "/agreement/schedule/clauses/0/retention/max_days", 10)) == set()

test_as_short_as_the_bylaw if {
	result := mf_30.forbids with input as testing.changed(testing.client, "/agreement/schedule/clauses/0/retention/max_days", 90)
		with data.register as testing.register
		with data.parties as json.patch(testing.parties, [{"op": "add", "path": "/city-a/bylaw_days", "value": 90}])
		with data.catalogue as testing.catalogue
	result == set()
}
