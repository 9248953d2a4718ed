package sharing.authority.mf_32_e_test

import data.sharing.authority.mf_32_e
import data.sharing.testing

ask(request) := result if {
	result := mf_32_e.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_under_an_act if ask(testing.client) == {"milestone", "notes"}

test_bare_memorandum if ask(testing.changed(testing.changed(testing.client, "/agreement/schedule/made_under", ["PA-8-2-b"]), "/purpose", "decide")) == set()

test_expired if ask(testing.changed(testing.client, "/agreement/term/expiry", "2026-06-01")) == set()
