package sharing.authority.desda_35_test

import data.sharing.authority.desda_35
import data.sharing.testing

ask(request) := result if {
	result := desda_35.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_prescribed_pair if ask(testing.case) == {"helper", "name", "notes", "number", "reporter"}

test_other_law if ask(testing.changed(testing.case, "/purpose", "consistent")) == set()

test_other_institution if ask(testing.by(testing.case, "cbsa-a")) == set()

test_without_advisability if ask(testing.changed(testing.case, "/agreement/schedule/advisability", null)) == set()

test_conditions_not_in_force if ask(testing.changed(testing.case, "/agreement/term/expiry", "2026-06-01")) == set()

test_no_agreement if ask(testing.changed(testing.case, "/agreement", null)) == set()

test_suspended if ask(testing.changed(testing.case, "/agreement/term/suspensions", [{"from": "2026-05-01", "until": "2026-07-01"}])) == set()

test_terminated if ask(testing.changed(testing.case, "/agreement/term/termination", "2026-06-01")) == set()
