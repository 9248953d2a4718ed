package sharing.authority.fippa_42_1_h_test

import data.sharing.authority.fippa_42_1_h
import data.sharing.testing

ask(request) := result if {
	result := fippa_42_1_h.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := fippa_42_1_h.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := fippa_42_1_h.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("emergency", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))

released(names) := testing.released(asked, ["FIPPA-42-1-h"], names)

test_reach if reach(asked) == {"file"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"file"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_nothing_missing if lacks(asked) == set()

test_no_circumstances if lacks(testing.silent(asked, "compelling-circumstances")) == {"circumstances-not-stated"}

test_no_danger if lacks(testing.changed(asked, "/evidence/aim", null)) == {"danger-not-stated"}

test_no_circumstances_opens_nothing if ask(testing.released(testing.silent(asked, "compelling-circumstances"), ["FIPPA-42-1-h"], asked.elements)) == set()

test_compassion_is_another_paragraph if reach(testing.stating(asked, "compassion")) == set()
