package sharing.authority.mf_14_test

import data.sharing.authority.mf_14
import data.sharing.testing

ask(request) := result if {
	result := mf_14.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("access-request", "shelter-a", "access", testing.about("city-a", "contact", ["phone", "office"]))

about_a_client := testing.on("access-request", "shelter-a", "access", testing.about("provider-a", "client", ["milestone", "notes"]))

test_about_a_person if ask(about_a_client) == {"milestone", "notes"}

test_business_identity if ask(asked) == set()

test_other_ground if ask(testing.changed(about_a_client, "/ground", "consent")) == set()

test_other_regime if ask(testing.on("access-request", "shelter-a", "access", testing.about("esdc-a", "case", ["number", "name"]))) == set()

test_with_the_persons_consent if ask(testing.stating(about_a_client, "person-consents")) == set()

test_of_the_long_dead if ask(testing.stating(about_a_client, "dead-over-30-years")) == set()

test_of_those_dead_for_less if ask(testing.stating(about_a_client, "dead-over-20-years")) == {"milestone", "notes"}
