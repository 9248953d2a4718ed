package sharing.authority.pa_sched_ii_test

import data.sharing.authority.pa_sched_ii
import data.sharing.testing

ask(request) := result if {
	result := pa_sched_ii.listed with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_listed_unit if ask(testing.by(testing.case, "rcmp-a"))

test_sister_unit_is_not if not ask(testing.by(testing.case, "ircc-a"))

test_listing_ended if not ask(testing.by(testing.case, "cbsa-b"))

test_listing_not_begun if not ask(testing.changed(testing.by(testing.case, "rcmp-a"), "/date", "2022-06-19"))

test_listing_ends_later if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/rcmp-a/roles/0/until", "value": "2027-01-01"}])
	pa_sched_ii.listed with input as testing.by(testing.case, "rcmp-a")
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_other_role if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/rcmp-a/roles/0/role", "value": "auditor"}])
	not pa_sched_ii.listed with input as testing.by(testing.case, "rcmp-a")
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}
