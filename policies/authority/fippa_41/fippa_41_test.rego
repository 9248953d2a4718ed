package sharing.authority.fippa_41_test

import data.sharing.authority.fippa_41
import data.sharing.testing

ask(request) := result if {
	result := fippa_41.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

inside := testing.changed(testing.by(testing.ministry, "province-a"), "/purpose", "consistent")

test_inside if ask(inside) == {"file"}

for_another_purpose := json.patch(inside, [
	{"op": "add", "path": "/purpose", "value": "decide"},
	{"op": "add", "path": "/agreement/schedule/made_under", "value": []},
])

test_inconsistent if ask(for_another_purpose) == set()

test_what_an_officer_needs_for_a_program if ask(testing.changed(for_another_purpose, "/purpose", "inspect")) == {"file"}

test_what_an_act_calls_for if ask(testing.changed(for_another_purpose, "/agreement/schedule/made_under", ["OWA-71-73"])) == {"file"}

test_another_ministry if ask(testing.changed(testing.ministry, "/purpose", "consistent")) == set()

test_elements_of_another_regime if ask(testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "consistent")) == set()
