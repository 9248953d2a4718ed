package sharing.authority.dci_5_5_test

import data.sharing.authority.dci_5_5
import data.sharing.testing

ask(request) := result if {
	result := dci_5_5.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_status_only if ask(testing.permit_for_a_law) == {"status"}

test_for_no_law if ask(testing.permit) == set()

test_municipality_not_listed if ask(testing.by(testing.permit_for_a_law, "city-a")) == set()

test_other_discloser if ask(testing.case) == set()

test_not_in_force if ask(testing.changed(testing.permit_for_a_law, "/agreement/term/expiry", "2026-06-01")) == set()

test_only_from_ircc if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/case/elements/number/category", "value": "status"}])
	dci_5_5.permits == set() with input as testing.case
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}
