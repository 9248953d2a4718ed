package sharing.authority.pa_8_2_k_test

import data.sharing.authority.pa_8_2_k
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_k.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := pa_8_2_k.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := pa_8_2_k.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.changed(testing.on("research", "nation-a", "study", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"])), "/evidence/aim", "claims-research")

released(request) := testing.released(request, ["PA-8-2-k"], ["summary"])

test_reach if reach(asked) == {"summary"}

test_other_ground if reach(testing.changed(asked, "/ground", "audit")) == set()

test_other_research if reach(testing.changed(asked, "/evidence/aim", "research")) == set()

test_a_person_released if ask(released(asked)) == {"summary"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-8-2-j"], ["summary"])) == set()

test_indigenous_body if lacks(asked) == set()

test_other_body if lacks(testing.changed(asked, "/recipient", "university-a")) == {"not-an-indigenous-body"}

test_other_role if lacks(testing.changed(asked, "/recipient", "rcmp-a")) == {"not-an-indigenous-body"}

test_other_body_opens_nothing if ask(released(testing.changed(asked, "/recipient", "university-a"))) == set()

test_role_on_its_last_day if lacks(testing.changed(asked, "/date", "2026-06-01")) == set()

test_role_has_ended if lacks(testing.changed(asked, "/date", "2026-06-02")) == {"not-an-indigenous-body"}
