package sharing.authority.fippa_42_1_l_m_test

import data.sharing.authority.fippa_42_1_l_m
import data.sharing.testing

ask(request) := result if {
	result := fippa_42_1_l_m.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := fippa_42_1_l_m.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := fippa_42_1_l_m.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("oversight", "ipc-a", "oversee", testing.about("province-a", "ministry", ["file"]))

test_reach if reach(asked) == {"file"}

test_other_ground if reach(testing.changed(asked, "/ground", "audit")) == set()

test_nothing_missing if lacks(asked) == set()

test_another_body if lacks(testing.changed(asked, "/recipient", "auditor-a")) == {"not-an-oversight-body"}

test_a_person_released if ask(testing.released(asked, ["FIPPA-42-1-l-m"], asked.elements)) == {"file"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_nothing_goes_to_another_body if ask(testing.released(testing.changed(asked, "/recipient", "auditor-a"), ["FIPPA-42-1-l-m"], asked.elements)) == set()
