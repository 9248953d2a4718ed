package sharing.authority.mf_32_b_test

import data.sharing.authority.mf_32_b
import data.sharing.testing

ask(request) := result if {
	result := mf_32_b.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("consent", "shelter-a", "shelter", testing.about("provider-a", "client", ["milestone", "notes"]))

test_consent_opens if ask(asked) == {"milestone", "notes"}

test_other_ground if ask(testing.changed(asked, "/ground", "emergency")) == set()

test_other_regime if ask(testing.changed(asked, "/record_type", "crossing")) == set()
