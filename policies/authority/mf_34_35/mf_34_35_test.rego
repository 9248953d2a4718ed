package sharing.authority.mf_34_35_test

import data.sharing.authority.mf_34_35
import data.sharing.testing

ask(request) := result if {
	result := mf_34_35.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

listed(request, recipients) := result if {
	result := mf_34_35.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as json.patch(testing.catalogue, [{"op": "add", "path": "/client/recipients", "value": recipients}])
}

test_nobody_is_listed if ask(testing.client) == {"milestone", "notes"}

test_recipient_not_listed if listed(testing.client, ["town"]) == {"milestone", "notes"}

test_institution_listed if listed(testing.client, ["city"]) == set()

test_unit_listed if listed(testing.client, ["city-a"]) == set()

test_listed_whatever_the_purpose if listed(testing.changed(testing.client, "/purpose", "decide"), ["city"]) == set()

test_use_described_inside if ask(testing.changed(testing.client, "/recipient", "provider-a")) == set()

test_use_not_described_inside if ask(testing.changed(testing.changed(testing.client, "/recipient", "provider-a"), "/purpose", "decide")) == {"milestone", "notes"}

test_business_contact if ask(testing.changed(testing.contact, "/elements", ["office"])) == set()

test_other_regime if ask(testing.case) == set()
