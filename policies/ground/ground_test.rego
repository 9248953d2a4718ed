package sharing.ground_test

import data.sharing.ground
import data.sharing.testing

ask(request) := result if {
	result := ground.reasons with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

codes(reasons) := {reason.code | some reason in reasons}

test_agreement if ask(testing.case) == set()

test_unknown if codes(ask(testing.changed(testing.case, "/ground", "hunch"))) == {"ground-not-supported"}

test_consent_desda if codes(ask(testing.changed(testing.case, "/ground", "consent"))) == {"consent-does-not-open-desda"}

test_consent_municipal if ask(testing.changed(testing.client, "/ground", "consent")) == set()

test_warrant if ask(testing.changed(testing.case, "/ground", "court-order")) == set()

test_bulk_emergency if codes(ask(testing.changed(testing.changed(testing.case, "/ground", "emergency"), "/cardinality", "list"))) == {"list-not-granted"}

test_unlisted_unit if codes(ask(testing.changed(testing.by(testing.permit, "esdc-b"), "/ground", "investigative-request"))) == {"not-an-investigative-body"}

test_listed_unit if ask(testing.changed(testing.by(testing.permit, "rcmp-a"), "/ground", "investigative-request")) == set()

test_listed_unit_desda if codes(ask(testing.changed(testing.by(testing.case, "rcmp-a"), "/ground", "investigative-request"))) == {"no-discloser-authority"}

test_listed_unit_customs if codes(ask(testing.changed(testing.by(testing.crossing, "rcmp-a"), "/ground", "investigative-request"))) == {"customs-prohibited"}

test_wrong_custodian if codes(ask(testing.changed(testing.changed(testing.case, "/ground", "emergency"), "/custodian", "ircc-a"))) == {"no-clause"}

test_unlisted_unit_in_ontario if ask(testing.changed(testing.by(testing.client, "esdc-b"), "/ground", "investigative-request")) == set()

test_agreement_for_a_list if ask(testing.changed(testing.finding, "/cardinality", "list")) == set()

test_agreement_with_the_wrong_custodian if ask(testing.changed(testing.case, "/custodian", "ircc-a")) == set()

referred(request) if {
	ground.referred with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_a_person_decides if referred(testing.changed(testing.case, "/ground", "emergency"))

test_a_rule_decides if not referred(testing.case)

test_nobody_decides_in_bulk if not referred(testing.changed(testing.changed(testing.case, "/ground", "emergency"), "/cardinality", "list"))

test_nobody_decides_on_an_unknown_ground if not referred(testing.changed(testing.case, "/ground", "hunch"))
