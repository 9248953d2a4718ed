package sharing.facts_test

import data.sharing.facts
import data.sharing.testing

ask(request) := result if {
	result := facts with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_all_of_a_person_is_personal if ask(testing.case).personal == {"helper", "name", "notes", "number", "reporter"}

test_business_is_not if ask(testing.finding).impersonal == {"employer", "penalty"}

test_both_regimes_govern if {
	ask(testing.case).governed.desda == {"helper", "name", "notes", "number", "reporter"}
	ask(testing.case).governed["privacy-act"] == {"helper", "name", "notes", "number", "reporter"}
}

test_custodian_must_hold_the_type if not ask(testing.changed(testing.case, "/custodian", "esdc-b")).record_type

test_unknown_elements_are_no_facts if not ask(testing.case).elements.bogus
