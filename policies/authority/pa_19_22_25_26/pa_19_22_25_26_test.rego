package sharing.authority.pa_19_22_25_26_test

import data.sharing.authority.pa_19_22_25_26
import data.sharing.testing

ask(request) := result if {
	result := pa_19_22_25_26.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.read(testing.on("own-information", "cbsa-a", "answer", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"])), {"do_not_disclose": false, "in_confidence": true})

test_received_in_confidence if ask(asked) == {"benefit", "entry", "summary"}

test_not_in_confidence if ask(testing.changed(asked, "/record/attributes/in_confidence", false)) == set()

test_other_ground if ask(testing.changed(asked, "/ground", "emergency")) == set()

test_the_source_agreed if ask(testing.released_as_agreed(asked, ["PA-19-22-25-26"], ["benefit", "entry", "summary"])) == set()

test_the_source_agreed_to_one_element if ask(testing.released_as_agreed(asked, ["PA-19-22-25-26"], ["summary"])) == {"benefit", "entry"}

test_the_source_was_not_asked if ask(testing.released(asked, ["PA-19-22-25-26"], ["benefit", "entry", "summary"])) == {"benefit", "entry", "summary"}

test_the_source_agreed_and_nobody_released_under_it if ask(testing.released_as_agreed(asked, ["PA-12"], ["summary"])) == {"benefit", "entry", "summary"}

inquired := testing.read(testing.on("member-of-parliament", "member-a", "assist", testing.about("esdc-a", "case", ["number", "name"])), {"do_not_disclose": false, "in_confidence": true})

test_a_member_asks_of_esdc if ask(inquired) == {"name", "number"}

test_a_member_asks_and_the_source_agreed if ask(testing.released_as_agreed(inquired, ["PA-19-22-25-26"], ["name"])) == {"number"}

test_a_member_asks_of_another if ask(testing.read(testing.on("member-of-parliament", "member-a", "assist", testing.about("cbsa-a", "report", ["summary"])), {"in_confidence": true})) == set()

test_other_regime if ask(testing.on("own-information", "provider-a", "answer", testing.about("provider-a", "client", ["milestone", "notes"]))) == set()

test_other_regime_in_confidence if {
	request := testing.on("own-information", "provider-a", "answer", testing.about("provider-a", "client", ["milestone", "notes"]))
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/client/attributes/-", "value": "in_confidence"}])
	pa_19_22_25_26.forbids == set() with input as testing.read(request, {"in_confidence": true})
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}
