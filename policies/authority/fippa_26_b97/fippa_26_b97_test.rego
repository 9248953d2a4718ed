package sharing.authority.fippa_26_b97_test

import data.sharing.authority.fippa_26_b97
import data.sharing.testing

ask(request) := result if {
	result := fippa_26_b97.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("access-request", "shelter-a", "access", testing.about("province-a", "ministry", ["file"]))

test_someone_else_asks if ask(asked) == {"file"}

test_the_person_asks if ask(testing.changed(asked, "/ground", "own-information")) == {"file"}

test_other_ground if ask(testing.changed(asked, "/ground", "consent")) == set()

test_other_regime if ask(testing.on("access-request", "shelter-a", "access", testing.about("esdc-a", "case", ["number"]))) == set()
