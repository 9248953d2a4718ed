package sharing.authority.mf_19_test

import data.sharing.authority.mf_19
import data.sharing.testing

ask(request) := result if {
	result := mf_19.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("access-request", "shelter-a", "access", testing.about("provider-a", "client", ["milestone", "notes"]))

test_someone_else_asks if ask(asked) == {"milestone", "notes"}

test_the_person_asks if ask(testing.changed(asked, "/ground", "own-information")) == {"milestone", "notes"}

test_other_ground if ask(testing.changed(asked, "/ground", "consent")) == set()

test_other_regime if ask(testing.on("access-request", "shelter-a", "access", testing.about("esdc-a", "case", ["number"]))) == set()
