package sharing.authority.desda_34_1_test

import data.sharing.authority.desda_34_1
import data.sharing.testing

ask(request) := result if {
	result := desda_34_1.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

delivery := json.patch(testing.by(testing.case, "provider-a"), [
	{"op": "add", "path": "/record_type", "value": "service"},
	{"op": "add", "path": "/elements", "value": ["step"]},
	{"op": "add", "path": "/purpose", "value": "deliver"},
])

with_programs(programs) := json.patch(testing.parties, [{"op": "add", "path": "/provider-a/programs", "value": programs}])

given(request, parties) := result if {
	result := desda_34_1.permits with input as request
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_same_service_program if given(delivery, with_programs(["service-delivery"])) == {"step"}

test_recipient_of_another_program if given(delivery, with_programs(["employment"])) == set()

test_purpose_of_another_program if given(testing.changed(delivery, "/purpose", "decide"), with_programs(["service-delivery"])) == set()

test_program_that_is_no_service_delivery if ask(testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "consistent")) == set()

test_provider_engaged_by_the_department if {
	given(delivery, json.patch(testing.parties, [{"op": "add", "path": "/provider-a/engaged_by", "value": [{"organization": "esdc", "from": "2024-04-01", "until": null}]}])) == {"step"}
}
