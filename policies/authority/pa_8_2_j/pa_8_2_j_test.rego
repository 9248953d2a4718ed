package sharing.authority.pa_8_2_j_test

import data.sharing.authority.pa_8_2_j
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_j.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := pa_8_2_j.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := pa_8_2_j.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("research", "university-a", "study", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

released(names) := testing.released(asked, ["PA-8-2-j"], names)

test_reach if reach(asked) == {"summary"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"summary"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_nothing_missing if lacks(asked) == set()

test_no_undertaking if lacks(testing.silent(asked, "undertaking")) == {"undertaking-missing"}

test_less_was_not_rejected if lacks(testing.silent(asked, "non-identifiable-rejected")) == {"non-identifiable-not-rejected"}

test_no_aim if lacks(testing.changed(asked, "/evidence/aim", null)) == {"aim-not-stated"}

test_no_undertaking_opens_nothing if ask(testing.released(testing.silent(asked, "undertaking"), ["PA-8-2-j"], asked.elements)) == set()

test_claims_are_another_paragraph if reach(testing.changed(asked, "/evidence/aim", "claims-research")) == set()
