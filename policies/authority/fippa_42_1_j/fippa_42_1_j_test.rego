package sharing.authority.fippa_42_1_j_test

import data.sharing.authority.fippa_42_1_j
import data.sharing.testing

ask(request) := result if {
	result := fippa_42_1_j.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := fippa_42_1_j.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := fippa_42_1_j.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("member-of-parliament", "legislature-a", "assist", testing.about("province-a", "ministry", ["file"]))

test_reach if reach(asked) == {"file"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_nothing_missing if lacks(asked) == set()

test_without_the_constituent if lacks(testing.silent(asked, "constituent-request")) == {"constituent-request-missing"}

test_federal_member if lacks(testing.changed(asked, "/recipient", "member-a")) == {"not-a-member-of-the-legislature"}

test_a_person_released if ask(testing.released(asked, ["FIPPA-42-1-j"], ["file"])) == {"file"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], ["file"])) == set()

test_nothing_goes_without_the_constituent if ask(testing.released(testing.silent(asked, "constituent-request"), ["FIPPA-42-1-j"], ["file"])) == set()
