package sharing.authority.desda_36_test

import data.sharing.authority.desda_36
import data.sharing.testing

ask(request) := result if {
	result := desda_36.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_province if ask(testing.province) == {"number"}

test_foreign_state if ask(testing.by(testing.province, "state-a")) == {"number"}

test_municipality_is_not_the_province if ask(testing.by(testing.province, "city-a")) == set()

test_service_purpose if ask(testing.changed(testing.province, "/purpose", "consistent")) == set()

test_without_advisability if ask(testing.changed(testing.province, "/agreement/schedule/advisability", null)) == set()

test_not_in_force if ask(testing.changed(testing.province, "/agreement/term/expiry", "2026-06-01")) == set()
