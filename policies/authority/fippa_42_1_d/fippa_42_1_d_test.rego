package sharing.authority.fippa_42_1_d_test

import data.sharing.authority.fippa_42_1_d
import data.sharing.testing

ask(request) := result if {
	result := fippa_42_1_d.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

own := testing.changed(testing.ministry, "/recipient", "province-a")

# A consultant whom the ministry engaged, for the program it works in.
consultant := testing.changed(testing.ministry, "/recipient", "provider-a")

engaged(programs, engaged_by) := result if {
	result := fippa_42_1_d.permits with input as consultant
		with data.register as testing.register
		with data.parties as json.patch(testing.parties, [
			{"op": "add", "path": "/provider-a/programs", "value": programs},
			{"op": "add", "path": "/provider-a/engaged_by", "value": [{"organization": organization, "from": "2024-04-01", "until": null} | some organization in engaged_by]},
		])
		with data.catalogue as testing.catalogue
}

test_own_unit if ask(own) == {"file"}

test_engaged_consultant if engaged(["labour"], ["province"]) == {"file"}

test_engaged_by_another if engaged(["labour"], ["city"]) == set()

test_no_duty_in_the_program if engaged(["employment"], ["province"]) == set()

test_another_ministry if ask(testing.ministry) == set()

test_purpose_of_another_program if ask(testing.changed(own, "/purpose", "decide")) == set()

test_elements_of_another_regime if ask(testing.changed(testing.by(testing.contact, "city-a"), "/purpose", "serve")) == set()
