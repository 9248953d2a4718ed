package sharing.authority.gw_reprisal_test

import data.sharing.authority.gw_reprisal
import data.sharing.testing

ask(request) := result if {
	result := gw_reprisal.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_federal if ask(testing.case) == set()

test_shelter if ask(testing.by(testing.case, "shelter-a")) == {"notes"}

test_municipality if ask(testing.by(testing.case, "city-a")) == {"notes"}

test_consent_order_danger_and_own_request if {
	every ground in ["consent", "court-order", "emergency", "own-information"] {
		ask(testing.changed(testing.by(testing.case, "shelter-a"), "/ground", ground)) == set()
	}
}

test_research if ask(testing.changed(testing.by(testing.case, "shelter-a"), "/ground", "research")) == {"notes"}
