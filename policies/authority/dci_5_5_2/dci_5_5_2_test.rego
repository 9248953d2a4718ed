package sharing.authority.dci_5_5_2_test

import data.sharing.authority.dci_5_5_2
import data.sharing.testing

ask(request) := result if {
	result := dci_5_5_2.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_province if ask(testing.by(testing.permit, "province-a")) == {"file", "status"}

test_federal_recipient if ask(testing.permit) == set()

test_other_discloser if ask(testing.province) == set()

test_business_information if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/permit/personal", "value": false}])
	dci_5_5_2.obliges == set() with input as testing.by(testing.permit, "province-a")
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}
