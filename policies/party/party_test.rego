package sharing.party_test

import data.sharing.party
import data.sharing.testing

ask(request) := result if {
	result := party.reasons with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

codes(reasons) := {reason.code | some reason in reasons}

test_itself if ask(testing.case) == set()

test_acts_for if ask(testing.changed(testing.case, "/recipient", "ircc-b")) == set()

test_not_the_other_way if codes(ask(testing.changed(testing.changed(testing.case, "/recipient", "ircc-a"), "/requester", "ircc-b"))) == {"requester-does-not-act"}

test_unknown_unit if codes(ask(testing.changed(testing.case, "/requester", "nobody"))) == {"party-unknown"}

test_unknown_recipient if codes(ask(testing.changed(testing.case, "/recipient", "nobody"))) == {"party-unknown"}
