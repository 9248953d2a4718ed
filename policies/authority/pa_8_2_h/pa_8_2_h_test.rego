package sharing.authority.pa_8_2_h_test

import data.sharing.authority.pa_8_2_h
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_h.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := pa_8_2_h.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := pa_8_2_h.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("audit", "controller-a", "audit", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

released(names) := testing.released(asked, ["PA-8-2-h"], names)

test_reach if reach(asked) == {"summary"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"summary"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_nothing_missing if lacks(asked) == set()

test_other_purpose if lacks(testing.changed(asked, "/purpose", "protect")) == {"purpose-not-audit"}

test_the_auditor_general_has_an_act_of_its_own if reach(testing.changed(asked, "/recipient", "auditor-a")) == set()

test_no_audit_body if lacks(testing.changed(asked, "/recipient", "rcmp-a")) == {"not-an-audit-body"}

test_other_purpose_opens_nothing if ask(testing.released(testing.changed(asked, "/purpose", "protect"), ["PA-8-2-h"], asked.elements)) == set()

test_internal_audit if lacks(testing.changed(asked, "/recipient", "cbsa-b")) == set()
