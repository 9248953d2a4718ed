package sharing.authority.mf_32_f_g_test

import data.sharing.authority.mf_32_f_g
import data.sharing.testing

ask(request) := result if {
	result := mf_32_f_g.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := mf_32_f_g.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := mf_32_f_g.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("investigative-request", "police-a", "investigate", testing.about("provider-a", "client", ["milestone", "notes"]))

released(names) := testing.released(asked, ["MF-32-f-g"], names)

test_reach if reach(asked) == {"milestone", "notes"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"milestone", "notes"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_released_in_part if ask(released(["milestone"])) == {"milestone"}

test_nothing_missing if lacks(asked) == set()

test_not_in_writing if lacks(testing.silent(asked, "request-in-writing")) == {"not-in-writing"}

test_no_investigation if lacks(testing.silent(asked, "investigation")) == {"investigation-not-identified"}

test_agency_of_a_foreign_state if lacks(testing.changed(asked, "/recipient", "state-a")) == {"not-a-law-enforcement-agency"}

test_not_in_writing_opens_nothing if ask(testing.released(testing.silent(asked, "request-in-writing"), ["MF-32-f-g"], asked.elements)) == set()

test_federal_agency if lacks(testing.changed(asked, "/recipient", "rcmp-a")) == set()

test_institution_under_the_same_act if lacks(testing.changed(asked, "/recipient", "city-a")) == set()

test_institution_under_the_other_act if lacks(testing.changed(asked, "/recipient", "province-a")) == {"not-a-law-enforcement-agency"}

test_reason_to_believe_in_an_offence if lacks(testing.stating(testing.silent(asked, "investigation"), "offence-believed")) == set()
