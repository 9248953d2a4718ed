package sharing.authority.fippa_42_test

import data.sharing.authority.fippa_42
import data.sharing.testing

ask(request) := result if {
	result := fippa_42.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_agreement_under_an_act_opens if ask(testing.ministry) == set()

test_nothing_opens if ask(testing.changed(testing.ministry, "/agreement/schedule/made_under", [])) == {"file"}

test_consistent_use_opens if ask(testing.changed(testing.changed(testing.ministry, "/agreement/schedule/made_under", []), "/purpose", "consistent")) == set()
