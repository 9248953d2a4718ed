package sharing.authority.desda_33_test

import data.sharing.authority.desda_33
import data.sharing.testing

ask(request) := result if {
	result := desda_33.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := desda_33.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := desda_33.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("own-information", "esdc-a", "answer", testing.about("esdc-a", "case", ["number", "notes"]))

test_reach if reach(asked) == {"notes", "number"}

test_other_ground if reach(testing.changed(asked, "/ground", "emergency")) == set()

test_by_rule if ask(asked) == {"number"}

test_nothing_missing if lacks(asked) == set()

test_not_in_writing if lacks(testing.silent(asked, "request-in-writing")) == {"not-in-writing"}

test_identity_not_verified if lacks(testing.silent(asked, "identity-verified")) == {"identity-not-verified"}

test_representative_without_authority if lacks(testing.stating(asked, "representative")) == {"representative-not-authorised"}

test_the_person_at_the_unit_that_holds_it if lacks(testing.silent(testing.stating(asked, "representative"), "representative")) == set()

test_another_unit_that_names_no_authority if lacks(testing.changed(testing.silent(testing.stating(asked, "representative"), "representative"), "/recipient", "esdc-b")) == {"representative-not-authorised"}

test_not_in_writing_opens_nothing if ask(testing.released(testing.silent(asked, "request-in-writing"), ["DESDA-33"], asked.elements)) == set()

test_a_person_released_what_a_rule_does_not if "notes" in ask(testing.released(asked, ["DESDA-33"], ["notes"]))

test_nobody_released if not "notes" in ask(asked)

test_other_regimes if reach(testing.on("own-information", "cbsa-a", "answer", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))) == {"benefit"}
