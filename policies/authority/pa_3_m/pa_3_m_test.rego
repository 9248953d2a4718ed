package sharing.authority.pa_3_m_test

import data.sharing.authority.pa_3_m
import data.sharing.testing

ask(request) := result if {
	result := pa_3_m.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := pa_3_m.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("access-request", "shelter-a", "access", testing.about("cbsa-a", "report", ["benefit", "entry", "summary"]))

dead := testing.stating(asked, "dead-over-20-years")

test_dead_for_long if reach(dead) == {"benefit", "summary"}

test_not_dead_for_so_long if reach(testing.stating(asked, "dead-over-30-years")) == set()

test_nobody_says_so if reach(asked) == set()

test_other_ground if reach(testing.changed(dead, "/ground", "consent")) == set()

test_a_person_released if ask(testing.released(dead, ["PA-3-m"], ["summary"])) == {"summary"}

test_nobody_released if ask(dead) == set()

test_released_under_another_provision if ask(testing.released(dead, ["PA-999"], ["summary"])) == set()
