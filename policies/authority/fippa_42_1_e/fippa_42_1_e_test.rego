package sharing.authority.fippa_42_1_e_test

import data.sharing.authority.fippa_42_1_e
import data.sharing.testing

ask(request) := result if {
	result := fippa_42_1_e.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_under_an_act if ask(testing.ministry) == {"file"}

test_bare_memorandum if ask(testing.changed(testing.ministry, "/agreement/schedule/made_under", [])) == set()

test_expired if ask(testing.changed(testing.ministry, "/agreement/term/expiry", "2026-06-01")) == set()

test_another_act if ask(testing.changed(testing.ministry, "/agreement/schedule/made_under", ["PA-8-2-b"])) == set()
