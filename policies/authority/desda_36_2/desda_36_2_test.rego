package sharing.authority.desda_36_2_test

import data.sharing.authority.desda_36_2
import data.sharing.testing

ask(request) := result if {
	result := desda_36_2.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_municipality if ask(testing.by(testing.province, "city-a")) == {"number"}

test_not_advisable if ask(testing.changed(testing.by(testing.province, "city-a"), "/agreement/schedule/advisability", null)) == set()

test_advisable_only_later if ask(testing.changed(testing.by(testing.province, "city-a"), "/agreement/schedule/advisability/date", "2026-06-02")) == set()

test_province_has_its_own if ask(testing.province) == set()

test_service_purpose if ask(testing.changed(testing.by(testing.province, "city-a"), "/purpose", "consistent")) == set()

test_not_in_force if ask(testing.changed(testing.by(testing.province, "city-a"), "/agreement/term/expiry", "2026-06-01")) == set()
