package sharing.authority.pa_8_2_e_test

import data.sharing.authority.pa_8_2_e
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_e.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := pa_8_2_e.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := pa_8_2_e.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("investigative-request", "rcmp-a", "investigate", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

released(names) := testing.released(asked, ["PA-8-2-e"], names)

test_reach if reach(asked) == {"summary"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"summary"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_nothing_missing if lacks(asked) == set()

test_not_in_writing if lacks(testing.silent(asked, "request-in-writing")) == {"not-in-writing"}

test_no_purpose if lacks(testing.silent(asked, "purpose")) == {"purpose-not-stated"}

test_no_description if lacks(testing.silent(asked, "information-description")) == {"information-not-described"}

test_no_aim if lacks(testing.changed(asked, "/evidence/aim", null)) == {"aim-not-stated"}

test_unlisted_unit if lacks(testing.changed(asked, "/recipient", "ircc-a")) == {"not-an-investigative-body"}

test_a_system_that_acts_for_a_listed_unit if lacks(testing.changed(asked, "/requester", "ircc-a")) == set()

test_not_in_writing_opens_nothing if ask(testing.released(testing.silent(asked, "request-in-writing"), ["PA-8-2-e"], asked.elements)) == set()
