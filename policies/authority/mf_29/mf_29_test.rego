package sharing.authority.mf_29_test

import data.sharing.authority.mf_29
import data.sharing.testing

ask(request) := result if {
	result := mf_29.collects with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_ontario_source if ask(testing.client)

test_federal_source if not ask(testing.by(testing.case, "city-a"))

test_federal_recipient if not ask(testing.case)

test_without_notice if {
	register := json.patch(testing.register, [{"op": "add", "path": "/purposes/serve/notice", "value": ""}])
	not mf_29.collects with input as testing.client
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_ontario_source_for_a_federal_recipient if not ask(testing.by(testing.client, "esdc-a"))
