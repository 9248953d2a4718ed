package sharing.authority.desda_35_test

import data.sharing.authority.desda_35
import data.sharing.testing

ask(request) := result if {
	result := desda_35.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_prescribed_pair if ask(testing.case) == {"helper", "name", "notes", "number", "reporter"}

test_other_law if ask(testing.changed(testing.case, "/purpose", "consistent")) == set()

test_other_institution if ask(testing.by(testing.case, "cbsa-a")) == set()

test_without_advisability if ask(testing.changed(testing.case, "/agreement/schedule/advisability", null)) == set()

test_conditions_not_in_force if ask(testing.changed(testing.case, "/agreement/term/expiry", "2026-06-01")) == set()

test_no_agreement if ask(testing.changed(testing.case, "/agreement", null)) == set()

test_suspended if ask(testing.changed(testing.case, "/agreement/term/suspensions", [{"from": "2026-05-01", "until": "2026-07-01"}])) == set()

test_terminated if ask(testing.changed(testing.case, "/agreement/term/termination", "2026-06-01")) == set()

pension := json.patch(testing.by(testing.case, "rcmp-a"), [
	{"op": "add", "path": "/record_type", "value": "pension"},
	{"op": "add", "path": "/elements", "value": ["number"]},
])

test_pair_of_the_program if ask(testing.changed(pension, "/purpose", "war-crimes")) == {"number"}

test_pair_of_section_3_for_a_pension if ask(testing.changed(testing.changed(pension, "/purpose", "decide"), "/recipient", "ircc-a")) == set()

test_pair_of_a_pension_for_another_program if ask(testing.changed(testing.by(testing.case, "rcmp-a"), "/purpose", "war-crimes")) == set()

test_service_delivery if ask(json.patch(testing.case, [
	{"op": "add", "path": "/record_type", "value": "service"},
	{"op": "add", "path": "/elements", "value": ["step"]},
])) == set()
