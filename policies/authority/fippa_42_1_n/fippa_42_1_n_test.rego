package sharing.authority.fippa_42_1_n_test

import data.sharing.authority.fippa_42_1_n
import data.sharing.testing

ask(request) := result if {
	result := fippa_42_1_n.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := fippa_42_1_n.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := fippa_42_1_n.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("audit", "auditor-a", "audit", testing.about("province-a", "ministry", ["file"]))

test_reach if reach(asked) == {"file"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_nothing_missing if lacks(asked) == set()

test_audit_of_the_province if lacks(testing.changed(asked, "/recipient", "province-b")) == set()

test_neither_canada_nor_ontario if lacks(testing.changed(asked, "/recipient", "city-a")) == {"not-an-audit-body"}

test_other_purpose if lacks(testing.changed(asked, "/purpose", "protect")) == {"purpose-not-audit"}

test_a_person_released if ask(testing.released(asked, ["FIPPA-42-1-n"], ["file"])) == {"file"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], ["file"])) == set()

test_nothing_goes_for_another_purpose if ask(testing.released(testing.changed(asked, "/purpose", "protect"), ["FIPPA-42-1-n"], ["file"])) == set()
