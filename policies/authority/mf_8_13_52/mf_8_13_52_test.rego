package sharing.authority.mf_8_13_52_test

import data.sharing.authority.mf_8_13_52
import data.sharing.testing

ask(request) := result if {
	result := mf_8_13_52.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.stating(testing.on("access-request", "shelter-a", "access", testing.about("city-a", "contact", ["phone", "office"])), "harm")

test_harm if ask(asked) == {"office", "phone"}

test_no_evidence_of_harm if ask(testing.silent(asked, "harm")) == set()

test_a_person_weighed_it if ask(testing.released(asked, ["MF-8-13-52"], ["office"])) == {"phone"}

test_other_ground if ask(testing.changed(asked, "/ground", "consent")) == set()

test_other_regime if ask(testing.changed(testing.changed(asked, "/record_type", "case"), "/custodian", "esdc-a")) == set()
