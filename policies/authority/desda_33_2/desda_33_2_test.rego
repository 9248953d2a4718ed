package sharing.authority.desda_33_2_test

import data.sharing.authority.desda_33_2
import data.sharing.testing

ask(request) := result if {
	result := desda_33_2.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := desda_33_2.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := desda_33_2.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("member-of-parliament", "member-a", "assist", testing.about("esdc-a", "case", ["number", "name"]))

released(names) := testing.released(asked, ["DESDA-33-2"], names)

test_reach if reach(asked) == {"name", "number"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"name", "number"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_released_in_part if ask(released(["name"])) == {"name"}

test_nothing_missing if lacks(asked) == set()

test_no_request_of_the_constituent if lacks(testing.silent(asked, "constituent-request")) == {"constituent-request-missing"}

test_no_member if lacks(testing.changed(asked, "/recipient", "province-a")) == {"not-a-member-of-parliament"}

test_no_matter_under_a_program if lacks(testing.silent(asked, "matter-under-program")) == {"matter-not-under-program"}

test_no_request_of_the_constituent_opens_nothing if ask(testing.released(testing.silent(asked, "constituent-request"), ["DESDA-33-2"], asked.elements)) == set()
