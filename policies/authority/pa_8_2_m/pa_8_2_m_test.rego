package sharing.authority.pa_8_2_m_test

import data.sharing.authority.pa_8_2_m
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_m.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := pa_8_2_m.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := pa_8_2_m.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("public-interest", "rcmp-a", "benefit", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

released(names) := testing.released(asked, ["PA-8-2-m"], names)

test_reach if reach(asked) == {"summary"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"summary"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_nothing_missing if lacks(asked) == set()

test_no_justification if lacks(testing.silent(asked, "justification")) == {"justification-missing"}

test_no_danger if lacks(testing.changed(urgent, "/evidence/aim", null)) == {"danger-not-stated"}

test_no_justification_opens_nothing if ask(testing.released(testing.silent(asked, "justification"), ["PA-8-2-m"], asked.elements)) == set()

urgent := testing.on("emergency", "rcmp-a", "protect", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

test_emergency if reach(urgent) == reach(asked)

test_danger if lacks(urgent) == set()
