package sharing.authority.owa_71_73_test

import data.sharing.authority.owa_71_73
import data.sharing.testing

ask(request) := result if {
	result := owa_71_73.collects with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_delivery_agent if ask(testing.client)

test_other_unit if not ask(testing.by(testing.client, "city-b"))

test_not_under_the_act if not ask(testing.changed(testing.client, "/agreement/schedule/made_under", ["PA-8-2-b"]))

test_other_law if not ask(testing.changed(testing.client, "/purpose", "decide"))
