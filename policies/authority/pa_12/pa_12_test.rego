package sharing.authority.pa_12_test

import data.sharing.authority.pa_12
import data.sharing.testing

ask(request) := result if {
	result := pa_12.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := pa_12.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := pa_12.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("own-information", "cbsa-a", "answer", testing.about("cbsa-a", "report", ["summary", "entry", "threat"]))

test_reach if reach(asked) == {"entry", "summary", "threat"}

test_other_ground if reach(testing.changed(asked, "/ground", "emergency")) == set()

test_by_rule if ask(asked) == {"entry", "summary"}

test_nothing_missing if lacks(asked) == set()

test_not_in_writing if lacks(testing.silent(asked, "request-in-writing")) == {"not-in-writing"}

test_identity_not_verified if lacks(testing.silent(asked, "identity-verified")) == {"identity-not-verified"}

test_representative_without_authority if lacks(testing.stating(asked, "representative")) == {"representative-not-authorised"}

test_the_person_at_the_unit_that_holds_it if lacks(testing.silent(testing.stating(asked, "representative"), "representative")) == set()

test_another_unit_that_names_no_authority if lacks(testing.changed(testing.silent(testing.stating(asked, "representative"), "representative"), "/recipient", "cbsa-b")) == {"representative-not-authorised"}

test_not_in_writing_opens_nothing if ask(testing.released(testing.silent(asked, "request-in-writing"), ["PA-12"], asked.elements)) == set()

test_a_person_released_what_a_rule_does_not if "threat" in ask(testing.released(asked, ["PA-12"], ["threat"]))

test_nobody_released if not "threat" in ask(asked)

test_other_regimes if reach(testing.on("own-information", "provider-a", "answer", testing.about("provider-a", "client", ["milestone"]))) == set()
