package sharing.authority.pa_3_pi_test

import data.sharing.authority.pa_3_pi
import data.sharing.testing

ask(request) := result if {
	result := pa_3_pi.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_business_information if ask(testing.finding) == {"employer", "penalty"}

test_no_person if ask(testing.case) == set()

test_named_contact_is_personal if not "contact" in ask(testing.changed(testing.finding, "/elements", ["contact"]))
