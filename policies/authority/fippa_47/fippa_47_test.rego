package sharing.authority.fippa_47_test

import data.sharing.authority.fippa_47
import data.sharing.testing

ask(request) := result if {
	result := fippa_47.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := fippa_47.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := fippa_47.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("own-information", "province-a", "answer", testing.about("province-a", "ministry", ["file"]))

test_reach if reach(asked) == {"file"}

test_other_ground if reach(testing.changed(asked, "/ground", "emergency")) == set()

test_by_rule if ask(asked) == {"file"}

test_nothing_missing if lacks(asked) == set()

test_not_in_writing if lacks(testing.silent(asked, "request-in-writing")) == {"not-in-writing"}

test_identity_not_verified if lacks(testing.silent(asked, "identity-verified")) == {"identity-not-verified"}

test_representative_without_authority if lacks(testing.stating(asked, "representative")) == {"representative-not-authorised"}

test_the_person_at_the_institution if lacks(testing.changed(testing.silent(testing.stating(asked, "representative"), "representative"), "/recipient", "province-a")) == set()

test_not_in_writing_opens_nothing if ask(testing.released(testing.silent(asked, "request-in-writing"), ["FIPPA-47"], asked.elements)) == set()

test_other_regimes if reach(testing.on("own-information", "cbsa-a", "answer", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))) == set()

test_what_a_person_weighs if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/ministry/elements/file/reprisal_sensitive", "value": true}])
	by_rule := fippa_47.permits with input as asked
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
	not "file" in by_rule
}

test_a_person_of_16_asks_themselves if lacks(testing.stating(asked, "acts-for-minor")) == {"child-not-under-16"}
