package sharing.authority.fippa_46_test

import data.sharing.authority.fippa_46
import data.sharing.testing

ask(request) := result if {
	result := fippa_46.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_not_in_the_index if ask(testing.ministry) == {"file"}

test_recipient_listed if {
	fippa_46.obliges == set() with input as testing.ministry
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as json.patch(testing.catalogue, [{"op": "add", "path": "/ministry/recipients", "value": ["ministry"]}])
}

test_use_described_inside if ask(testing.changed(testing.changed(testing.ministry, "/recipient", "province-a"), "/purpose", "consistent")) == set()

test_other_regime if ask(testing.client) == set()

test_business_information if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/ministry/personal", "value": false}])
	fippa_46.obliges == set() with input as testing.ministry
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}
