package sharing.authority.pr_4_test

import data.sharing.authority.pr_4
import data.sharing.testing

ask(request) := result if {
	result := pr_4.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_long_enough if ask(testing.case) == set()

test_too_short if ask(testing.changed(testing.case, "/agreement/schedule/clauses/0/retention/max_days", 729)) == {"helper", "name", "notes", "number", "reporter"}

test_business_information if ask(testing.changed(testing.finding, "/agreement/schedule/clauses/0/retention/max_days", 10)) == set()

test_province if ask(testing.changed(testing.province, "/agreement/schedule/clauses/0/retention/max_days", 10)) == set()

short := testing.changed(testing.case, "/agreement/schedule/clauses/0/retention/max_days", 10)

test_no_administrative_use if ask(json.patch(short, [
	{"op": "add", "path": "/purpose", "value": "count"},
	{"op": "add", "path": "/agreement/schedule/purpose", "value": "count"},
])) == set()

test_the_person_agrees_to_less if ask(testing.changed(short, "/agreement/schedule/clauses/0/retention/sooner_with_consent", true)) == set()
