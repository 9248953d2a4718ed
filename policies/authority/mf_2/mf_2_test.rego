package sharing.authority.mf_2_test

import data.sharing.authority.mf_2
import data.sharing.testing

ask(request) := result if {
	result := mf_2.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_business_identity if ask(testing.contact) == {"office", "phone"}

test_client_record if ask(testing.client) == set()

test_identity_in_a_business_record if ask(testing.changed(testing.contact, "/elements", ["phone"])) == {"phone"}

test_other_identifier if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/contact/elements/phone/business_identity", "value": false}])
	mf_2.permits == {"office"} with input as testing.contact
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_identity_in_a_record_about_a_person if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/contact/personal", "value": true}])
	mf_2.permits == set() with input as testing.contact
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_identity_under_another_regime if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/contact/elements/phone/regime", "value": "fippa"}])
	mf_2.permits == {"office"} with input as testing.contact
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

# The ground part

reach(request) := result if {
	result := mf_2.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("access-request", "shelter-a", "access", testing.about("city-a", "contact", ["phone", "office"]))

test_reach if reach(asked) == {"office", "phone"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(testing.released(asked, ["MF-2"], asked.elements)) == {"office", "phone"}

test_nobody_released if ask(asked) == set()

test_agreement_on_another_ground if ask(testing.changed(testing.contact, "/ground", "consent")) == set()
