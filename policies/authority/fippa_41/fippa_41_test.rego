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

test_inconsistent if ask(testing.changed(inside, "/purpose", "inspect")) == set()

test_another_ministry if ask(testing.changed(testing.ministry, "/purpose", "consistent")) == set()

test_elements_of_another_regime if ask(testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "consistent")) == set()
