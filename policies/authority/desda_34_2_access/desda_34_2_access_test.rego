package sharing.authority.desda_34_2_access_test

import data.sharing.authority.desda_34_2_access
import data.sharing.testing

ask(request) := result if {
	result := desda_34_2_access.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := desda_34_2_access.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := desda_34_2_access.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("own-information", "esdc-a", "answer", testing.about("esdc-a", "service", ["step", "visitor"]))

test_reach if reach(asked) == {"step"}

test_other_ground if reach(testing.changed(asked, "/ground", "emergency")) == set()

test_section_33_speaks_for_other_programs if reach(testing.on("own-information", "esdc-a", "answer", testing.about("esdc-a", "case", ["number"]))) == set()

test_by_rule if ask(asked) == {"step"}

test_nothing_missing if lacks(asked) == set()

test_not_in_writing if lacks(testing.silent(asked, "request-in-writing")) == {"not-in-writing"}

test_not_in_writing_opens_nothing if ask(testing.silent(asked, "request-in-writing")) == set()

elsewhere := testing.stating(testing.changed(asked, "/recipient", "esdc-b"), "representative-authorised")

test_another_unit_lacks_nothing if lacks(elsewhere) == set()

test_another_unit_waits_for_a_person if ask(elsewhere) == set()

test_a_person_released if ask(testing.released(elsewhere, ["DESDA-34.2-access"], ["step"])) == {"step"}

test_released_under_another_provision if ask(testing.released(elsewhere, ["PA-12"], ["step"])) == set()

test_element_of_another_law if reach(testing.on("own-information", "cbsa-a", "answer", testing.about("cbsa-a", "counter", ["entry", "step"]))) == {"step"}
