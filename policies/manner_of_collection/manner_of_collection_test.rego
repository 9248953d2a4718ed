package sharing.manner_of_collection_test

import data.sharing.manner_of_collection
import data.sharing.testing

indirectly(request) if {
	manner_of_collection.indirectly with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

federal(ground) := testing.changed(testing.by(testing.case, "city-a"), "/ground", ground)

test_source_under_ontario_law if indirectly(testing.client)

test_federal_source_under_an_agreement_alone if not indirectly(federal("agreement"))

test_law_enforcement if indirectly(testing.changed(federal("agreement"), "/purpose", "inspect"))

test_grounds if {
	every ground in {"consent", "court-order", "emergency", "investigative-request", "research"} {
		indirectly(federal(ground))
	}
}

test_public_interest_is_no_manner if not indirectly(federal("public-interest"))
