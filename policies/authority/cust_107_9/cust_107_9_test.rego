package sharing.authority.cust_107_9_test

import data.sharing.authority.cust_107_9
import data.sharing.testing

ask(request) := result if {
	result := cust_107_9.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := cust_107_9.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := cust_107_9.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("own-information", "cbsa-a", "answer", testing.about("cbsa-a", "file", ["stage", "seal"]))

test_reach if reach(asked) == {"seal"}

test_other_ground if reach(testing.changed(asked, "/ground", "emergency")) == set()

test_by_rule if ask(asked) == set()

test_nothing_missing if lacks(asked) == set()

test_not_in_writing if lacks(testing.silent(asked, "request-in-writing")) == {"not-in-writing"}

test_identity_not_verified if lacks(testing.silent(asked, "identity-verified")) == {"identity-not-verified"}

test_representative_without_authority if lacks(testing.stating(asked, "representative")) == {"representative-not-authorised"}

test_the_person_at_the_unit_that_holds_it if lacks(testing.silent(testing.stating(asked, "representative"), "representative")) == set()

test_another_unit_that_names_no_authority if lacks(testing.changed(testing.silent(testing.stating(asked, "representative"), "representative"), "/recipient", "cbsa-b")) == {"representative-not-authorised"}

test_not_in_writing_opens_nothing if ask(testing.released(testing.silent(asked, "request-in-writing"), ["CUST-107-9"], asked.elements)) == set()

test_a_person_released_what_a_rule_does_not if "seal" in ask(testing.released(asked, ["CUST-107-9"], ["seal"]))

test_nobody_released if not "seal" in ask(asked)

plain := testing.on("own-information", "cbsa-a", "answer", testing.about("cbsa-a", "crossing", ["date"]))

test_customs_only if ask(testing.on("own-information", "cbsa-a", "answer", testing.about("cbsa-a", "report", ["summary", "entry"]))) == {"entry"}

test_own_movements_by_rule if ask(plain) == {"date"}

consented := testing.on("consent", "shelter-a", "shelter", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

test_consent_opens if ask(consented) == {"entry"}

test_consent_needs_no_form_of_access if lacks(consented) == set()
