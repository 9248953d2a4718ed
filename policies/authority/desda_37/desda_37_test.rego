package sharing.authority.desda_37_test

import data.sharing.authority.desda_37
import data.sharing.testing

ask(request) := result if {
	result := desda_37.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := desda_37.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := desda_37.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("public-interest", "rcmp-a", "benefit", testing.about("esdc-a", "case", ["number", "name"]))

released(names) := testing.released(asked, ["DESDA-37"], names)

test_reach if reach(asked) == {"name", "number"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"name", "number"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_released_in_part if ask(released(["name"])) == {"name"}

test_nothing_missing if lacks(asked) == set()

test_no_justification if lacks(testing.silent(asked, "justification")) == {"justification-missing"}

test_no_danger if lacks(testing.changed(urgent, "/evidence/aim", null)) == {"danger-not-stated"}

test_no_justification_opens_nothing if ask(testing.released(testing.silent(asked, "justification"), ["DESDA-37"], asked.elements)) == set()

urgent := testing.on("emergency", "rcmp-a", "protect", testing.about("esdc-a", "case", ["number", "name"]))

test_emergency if reach(urgent) == reach(asked)

test_danger if lacks(urgent) == set()
