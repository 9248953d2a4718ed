package sharing.discloser_authority_test

import data.sharing.discloser_authority
import data.sharing.testing

ask(request) := result if {
	result := discloser_authority with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

effective(authority) if {
	discloser_authority.effective(authority) with input as testing.case
}

test_always if effective({"effective": {"from": null, "until": null}})

test_first_day if effective({"effective": {"from": "2026-06-01", "until": null}})

test_not_yet if not effective({"effective": {"from": "2026-06-02", "until": null}})

test_last_day if effective({"effective": {"from": null, "until": "2026-06-02"}})

test_over if not effective({"effective": {"from": null, "until": "2026-06-01"}})

test_every_regime_opened if ask(testing.case).open.c1 == {"helper", "name", "notes", "number", "reporter"}

test_one_regime_is_not_enough if {
	request := testing.changed(testing.case, "/agreement/schedule/clauses/0/discloser/authorities", ["DESDA-35"])
	not ask(request).open.c1
}

test_agreement_alone_opens_nothing if {
	request := testing.changed(testing.case, "/agreement/schedule/clauses/0/discloser/authorities", [])
	not ask(request).open.c1
}

test_provision_before_its_time if {
	request := testing.changed(testing.permit, "/date", "2026-03-25")
	not ask(request).open.i1
}

test_provision_in_its_time if ask(testing.changed(testing.permit, "/date", "2026-03-26")).open.i1 == {"status"}

test_prohibition_before_its_time if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/IRPR-196.2/effective/from", "value": "2026-06-02"}])
	forbidden := discloser_authority.forbidden with input as testing.by(testing.case, "shelter-a")
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	not forbidden.notes
}

test_prohibition_named if ask(testing.by(testing.case, "shelter-a")).forbidden.notes == {"IRPR-196.2"}
