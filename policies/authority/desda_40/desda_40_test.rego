package sharing.authority.desda_40_test

import data.sharing.authority.desda_40
import data.sharing.testing

ask(request) := result if {
	result := desda_40.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("court-order", "rcmp-a", "comply", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

test_held if ask(asked) == {"benefit"}

test_a_person_released if ask(testing.released(asked, ["DESDA-40-exception"], ["benefit"])) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-8-2-c"], ["benefit"])) == {"benefit"}

test_other_ground if ask(testing.changed(asked, "/ground", "consent")) == set()
