package sharing.authority.pa_8_2_chapeau_test

import data.sharing.authority.pa_8_2_chapeau
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_chapeau.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_desda_forbids if ask(testing.changed(testing.case, "/agreement/schedule/advisability", null)) == {"helper", "name", "notes", "number", "reporter"}

test_customs_forbids if ask(testing.by(testing.crossing, "esdc-a")) == {"date"}

test_nothing_forbids if ask(testing.case) == set()
