package sharing.case_reference_test

import data.sharing.case_reference
import data.sharing.testing

ask(request) := result if {
	result := case_reference.reasons with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

codes(reasons) := {reason.code | some reason in reasons}

test_given if ask(testing.case) == set()

test_missing if codes(ask(testing.changed(testing.case, "/case_reference", false))) == {"case-reference-missing"}

test_optional if ask(testing.changed(testing.finding, "/case_reference", false)) == set()

test_no_clause_no_reason if ask(testing.changed(testing.changed(testing.case, "/case_reference", false), "/record_type", "finding")) == set()
