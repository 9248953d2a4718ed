package sharing.authority.pa_8_2_g_test

import data.sharing.authority.pa_8_2_g
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_g.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := pa_8_2_g.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := pa_8_2_g.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("member-of-parliament", "member-a", "assist", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

released(names) := testing.released(asked, ["PA-8-2-g"], names)

test_reach if reach(asked) == {"summary"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"summary"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_nothing_missing if lacks(asked) == set()

test_no_request_of_the_constituent if lacks(testing.silent(asked, "constituent-request")) == {"constituent-request-missing"}

test_no_member if lacks(testing.changed(asked, "/recipient", "province-a")) == {"not-a-member-of-parliament"}

test_no_request_of_the_constituent_opens_nothing if ask(testing.released(testing.silent(asked, "constituent-request"), ["PA-8-2-g"], asked.elements)) == set()
