package sharing.authority.desda_34_1_2_test

import data.sharing.authority.desda_34_1_2
import data.sharing.testing

ask(request) := result if {
	result := desda_34_1_2.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

for_purpose(purpose) := testing.citing(
	json.patch(testing.case, [
		{"op": "add", "path": "/purpose", "value": purpose},
		{"op": "add", "path": "/agreement/schedule/purpose", "value": purpose},
	]),
	"DESDA-34.1-2",
)

together := for_purpose("co-administer")

test_co_administered if ask(together) == {"helper", "name", "notes", "number", "reporter"}

test_no_clause_relies_on_it if ask(testing.changed(together, "/agreement/schedule/clauses/0/discloser/authorities", ["DESDA-35"])) == set()

test_entity_that_has_no_part_in_it if ask(testing.by(together, "cbsa-a")) == set()

test_purpose_of_another_program if ask(for_purpose("decide")) == set()

test_purpose_that_only_serves if ask(for_purpose("consistent")) == set()

test_program_of_the_minister_alone if ask(json.patch(for_purpose("deliver-and-decide"), [
	{"op": "add", "path": "/record_type", "value": "service"},
	{"op": "add", "path": "/elements", "value": ["step"]},
	{"op": "add", "path": "/agreement/schedule/clauses/0/record_type", "value": "service"},
])) == set()
