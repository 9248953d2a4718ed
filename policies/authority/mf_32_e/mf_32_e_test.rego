package sharing.authority.mf_32_e_test

import data.sharing.authority.mf_32_e
import data.sharing.testing

ask(request) := result if {
	result := mf_32_e.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_under_an_act if ask(testing.client) == {"milestone", "notes"}

test_bare_memorandum if ask(testing.changed(testing.changed(testing.client, "/agreement/schedule/made_under", ["PA-8-2-b"]), "/purpose", "decide")) == set()

test_expired if ask(testing.changed(testing.client, "/agreement/term/expiry", "2026-06-01")) == set()

# The ground part

reach(request) := result if {
	result := mf_32_e.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := mf_32_e.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("court-order", "police-a", "comply", testing.about("provider-a", "client", ["milestone", "notes"]))

test_reach if reach(asked) == {"milestone", "notes"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(testing.released(asked, ["MF-32-e"], asked.elements)) == {"milestone", "notes"}

test_nobody_released if ask(asked) == set()

test_nothing_missing if lacks(asked) == set()

test_foreign_court_opens_nothing if ask(testing.released(testing.changed(asked, "/evidence/issuer", "foreign-court"), ["MF-32-e"], asked.elements)) == set()

test_agreement_on_another_ground if ask(testing.changed(testing.client, "/ground", "consent")) == set()

test_no_document if lacks(testing.changed(asked, "/evidence/document", false)) == {"document-missing"}

test_no_kind_of_instrument if lacks(testing.changed(asked, "/evidence/aim", null)) == {"instrument-not-stated"}

test_foreign_court if lacks(testing.changed(asked, "/evidence/issuer", "foreign-court")) == {"issuer-without-jurisdiction"}
