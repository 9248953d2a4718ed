package sharing.authority.mf_14_exceptions_test

import data.sharing.authority.mf_14_exceptions
import data.sharing.testing

ask(request) := result if {
	result := mf_14_exceptions.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := mf_14_exceptions.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.stating(testing.on("access-request", "shelter-a", "access", testing.about("provider-a", "client", ["milestone", "notes"])), "person-consents")

test_with_consent if reach(asked) == {"milestone", "notes"}

test_without_exception if reach(testing.silent(asked, "person-consents")) == set()

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_business_identity if reach(testing.stating(testing.on("access-request", "shelter-a", "access", testing.about("city-a", "contact", ["phone", "office"])), "person-consents")) == set()

test_a_person_released if ask(testing.released(asked, ["MF-14-exceptions"], asked.elements)) == {"milestone", "notes"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["MF-2"], asked.elements)) == set()
