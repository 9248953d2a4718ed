package sharing.authority.fippa_42_1_b_test

import data.sharing.authority.fippa_42_1_b
import data.sharing.testing

ask(request) := result if {
	result := fippa_42_1_b.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("consent", "shelter-a", "shelter", testing.about("province-a", "ministry", ["file"]))

test_consent_opens if ask(asked) == {"file"}

test_other_ground if ask(testing.changed(asked, "/ground", "emergency")) == set()

test_other_regime if ask(testing.changed(asked, "/record_type", "crossing")) == set()
