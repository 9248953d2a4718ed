package sharing.authority.mf_2_2_test

import data.sharing.authority.mf_2_2
import data.sharing.testing

ask(request) := result if {
	result := mf_2_2.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := mf_2_2.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("access-request", "shelter-a", "access", testing.about("provider-a", "client", ["milestone"]))

dead := testing.stating(asked, "dead-over-30-years")

test_dead_for_long if reach(dead) == {"milestone"}

test_not_dead_for_so_long if reach(testing.stating(asked, "dead-over-20-years")) == set()

test_nobody_says_so if reach(asked) == set()

test_other_ground if reach(testing.changed(dead, "/ground", "consent")) == set()

test_a_person_released if ask(testing.released(dead, ["MF-2-2"], ["milestone"])) == {"milestone"}

test_nobody_released if ask(dead) == set()

test_released_under_another_provision if ask(testing.released(dead, ["PA-999"], ["milestone"])) == set()
