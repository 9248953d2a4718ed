package sharing.authority.dci_5_4_test

import data.sharing.authority.dci_5_4
import data.sharing.testing

ask(request) := result if {
	result := dci_5_4.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

inside := testing.changed(testing.by(testing.permit, "ircc-b"), "/purpose", "decide")

test_inside if ask(inside) == {"file", "status"}

test_to_another_institution if ask(testing.changed(testing.by(testing.permit, "esdc-b"), "/purpose", "consistent")) == set()

test_purpose_of_another_unit if ask(testing.changed(inside, "/purpose", "inspect")) == set()

test_inside_another_department if ask(testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "consistent")) == set()
