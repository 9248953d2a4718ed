package sharing.in_force_test

import data.sharing.in_force
import data.sharing.testing

within(period) if {
	in_force.within(period) with input as testing.case
}

test_always if within({"from": null, "until": null})

test_first_day if within({"from": "2026-06-01", "until": null})

test_not_yet if not within({"from": "2026-06-02", "until": null})

test_last_day if within({"from": null, "until": "2026-06-02"})

test_over if not within({"from": null, "until": "2026-06-01"})

lifted(register) := result if {
	result := in_force.lifted with input as testing.case
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_exception_in_force if lifted(testing.register)["DESDA-32"] == {"helper", "name", "notes", "number", "reporter"}

test_exception_before_its_time if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/DESDA-35/effective/from", "value": "2026-06-02"}])
	not lifted(register)["DESDA-32"]
}

test_exception_on_its_first_day if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/DESDA-35/effective/from", "value": "2026-06-01"}])
	lifted(register)["DESDA-32"] == {"helper", "name", "notes", "number", "reporter"}
}

lifts(prohibition, name) if {
	in_force.lifts(prohibition, name) with input as testing.case
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_lifts if lifts("DESDA-32", "name")

test_lifts_no_other_element if not lifts("DESDA-32", "bogus")

test_lifts_no_other_prohibition if not lifts("MF-32", "name")

holds(id) if {
	in_force.holds(id) with input as testing.case
		with data.register as testing.register
}

test_provision_holds if holds("DCI-5.5")

test_provision_does_not_hold_yet if not holds("MF-B97")

test_unknown_provision if not holds("PA-999")
