package sharing.authority.pa_8_1_consent_test

import data.sharing.authority.pa_8_1_consent
import data.sharing.testing

ask(request) := result if {
	result := pa_8_1_consent.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("consent", "shelter-a", "shelter", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

test_consent_opens if ask(asked) == {"summary"}

test_other_ground if ask(testing.changed(asked, "/ground", "emergency")) == set()

test_other_regime if ask(testing.changed(asked, "/record_type", "crossing")) == set()
