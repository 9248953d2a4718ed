package sharing.authority.pa_9_test

import data.sharing.authority.pa_9
import data.sharing.testing

ask(request) := result if {
	result := pa_9.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_not_in_the_index if ask(testing.case) == {"helper", "name", "notes", "number", "reporter"}

test_in_the_index if ask(testing.changed(testing.case, "/purpose", "consistent")) == set()

test_business_information if ask(testing.finding) == set()

test_custodian_is_not_federal if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/esdc-a/kind", "value": "other"}])
	pa_9.obliges == set() with input as testing.case
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

investigated := testing.on("investigative-request", "rcmp-a", "investigate", testing.about("ircc-a", "permit", ["status", "file"]))

test_what_an_investigative_body_gets_is_excepted if ask(testing.released(investigated, ["PA-8-2-e"], ["status"])) == {"file"}

test_what_another_provision_opens_to_one_is_not if ask(testing.released(investigated, ["CUST-107-5"], ["status"])) == {"file", "status"}
