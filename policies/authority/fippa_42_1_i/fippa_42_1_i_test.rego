package sharing.authority.fippa_42_1_i_test

import data.sharing.authority.fippa_42_1_i
import data.sharing.testing

ask(request) := result if {
	result := fippa_42_1_i.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := fippa_42_1_i.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.stating(testing.on("emergency", "shelter-a", "protect", testing.about("province-a", "ministry", ["file"])), "compassion")

test_compassion if reach(asked) == {"file"}

test_without_compassion if reach(testing.silent(asked, "compassion")) == set()

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_other_regime if reach(testing.changed(testing.changed(asked, "/custodian", "provider-a"), "/record_type", "client")) == set()

test_a_person_released if ask(testing.released(asked, ["FIPPA-42-1-i"], ["file"])) == {"file"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], ["file"])) == set()
