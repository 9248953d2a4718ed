package sharing.authority.for_law_test

import data.sharing.authority.for_law
import data.sharing.testing

# The foreign state of the tests, with a program that the purpose belongs to.
parties := json.patch(testing.parties, [{"op": "add", "path": "/state-a/programs/-", "value": "enforcement"}])

ask(request) if {
	for_law.collects with input as request
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

abroad := testing.changed(testing.by(testing.crossing, "state-a"), "/purpose", "border")

test_arrangement_in_force if ask(abroad)

test_arrangement_over if not ask(testing.changed(abroad, "/agreement/term/expiry", "2026-06-01"))

test_other_program if not ask(testing.changed(abroad, "/purpose", "inspect"))

test_other_foreign_state if not ask(testing.by(abroad, "us-a"))

test_not_a_foreign_state if not ask(testing.by(abroad, "cbsa-a"))

of_kind(kind) if {
	for_law.collects with input as abroad
		with data.register as testing.register
		with data.parties as json.patch(parties, [{"op": "add", "path": "/state-a/kind", "value": kind}])
		with data.catalogue as testing.catalogue
}

test_international_organization if of_kind("international-organization")

test_first_nation_government if of_kind("first-nation-government")

test_any_other_body if not of_kind("other")
