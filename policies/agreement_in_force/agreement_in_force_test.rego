package sharing.agreement_in_force_test

import data.sharing.agreement_in_force
import data.sharing.testing

ask(request) := result if {
	result := agreement_in_force.reasons with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

codes(reasons) := {reason.code | some reason in reasons}

test_in_force if ask(testing.case) == set()

test_first_day if ask(testing.changed(testing.case, "/agreement/term/effective", "2026-06-01")) == set()

test_last_day if ask(testing.changed(testing.case, "/agreement/term/expiry", "2026-06-02")) == set()

test_expired if codes(ask(testing.changed(testing.case, "/agreement/term/expiry", "2026-06-01"))) == {"agreement-expired"}

test_not_yet if codes(ask(testing.changed(testing.case, "/agreement/term/effective", "2026-06-02"))) == {"agreement-not-in-force"}

test_suspended if codes(ask(testing.changed(testing.case, "/agreement/term/suspensions", [{"from": "2026-06-01", "until": null}]))) == {"agreement-suspended"}

test_suspension_over if ask(testing.changed(testing.case, "/agreement/term/suspensions", [{"from": "2026-05-01", "until": "2026-06-01"}])) == set()

test_suspension_to_come if ask(testing.changed(testing.case, "/agreement/term/suspensions", [{"from": "2026-06-02", "until": null}])) == set()

test_terminated if codes(ask(testing.changed(testing.case, "/agreement/term/termination", "2026-06-01"))) == {"agreement-terminated"}

test_termination_to_come if ask(testing.changed(testing.case, "/agreement/term/termination", "2026-06-02")) == set()

test_no_agreement if codes(ask(testing.changed(testing.case, "/agreement", null))) == {"no-agreement"}

test_nobody_is_a_stranger_without_an_agreement if {
	strangers := agreement_in_force.strangers with input as testing.changed(testing.case, "/agreement", null)
	strangers == set()
}

test_recipient_no_party if codes(ask(testing.changed(testing.case, "/recipient", "rcmp-a"))) == {"not-a-party"}

test_custodian_no_party if codes(ask(testing.changed(testing.case, "/custodian", "esdc-b"))) == {"not-a-party"}

test_suspended_until_later if codes(ask(testing.changed(testing.case, "/agreement/term/suspensions", [{"from": "2026-05-01", "until": "2026-07-01"}]))) == {"agreement-suspended"}

test_requester_no_party if codes(ask(testing.changed(testing.case, "/requester", "rcmp-a"))) == {"not-a-party"}
