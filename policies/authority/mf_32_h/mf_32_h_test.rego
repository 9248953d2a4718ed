package sharing.authority.mf_32_h_test

import data.sharing.authority.mf_32_h
import data.sharing.testing

ask(request) := result if {
	result := mf_32_h.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := mf_32_h.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := mf_32_h.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("emergency", "rcmp-a", "protect", testing.about("provider-a", "client", ["milestone", "notes"]))

released(names) := testing.released(asked, ["MF-32-h"], names)

test_reach if reach(asked) == {"milestone", "notes"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"milestone", "notes"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_released_in_part if ask(released(["milestone"])) == {"milestone"}

test_nothing_missing if lacks(asked) == set()

test_no_circumstances if lacks(testing.silent(asked, "compelling-circumstances")) == {"circumstances-not-stated"}

test_no_danger if lacks(testing.changed(asked, "/evidence/aim", null)) == {"danger-not-stated"}

test_no_circumstances_opens_nothing if ask(testing.released(testing.silent(asked, "compelling-circumstances"), ["MF-32-h"], asked.elements)) == set()

test_compassion_is_another_paragraph if reach(testing.stating(asked, "compassion")) == set()
