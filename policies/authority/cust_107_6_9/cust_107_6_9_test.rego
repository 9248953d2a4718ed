package sharing.authority.cust_107_6_9_test

import data.sharing.authority.cust_107_6_9
import data.sharing.testing

ask(request) := result if {
	result := cust_107_6_9.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := cust_107_6_9.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := cust_107_6_9.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("public-interest", "rcmp-a", "benefit", testing.about("cbsa-a", "crossing", ["date"]))

released(names) := testing.released(asked, ["CUST-107-6-9"], names)

test_reach if reach(asked) == {"date"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"date"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_nothing_missing if lacks(asked) == set()

in_another_way := testing.silent(asked, "no-other-way")

test_in_another_way if lacks(in_another_way) == {"no-other-way-not-stated"}

test_in_another_way_opens_nothing if ask(testing.released(in_another_way, ["CUST-107-6-9"], asked.elements)) == set()

test_clear_benefit_in_any_case if lacks(testing.stating(in_another_way, "clear-benefit")) == set()

test_no_justification if lacks(testing.silent(asked, "justification")) == {"justification-missing"}

test_no_justification_opens_nothing if ask(testing.released(testing.silent(asked, "justification"), ["CUST-107-6-9"], asked.elements)) == set()
