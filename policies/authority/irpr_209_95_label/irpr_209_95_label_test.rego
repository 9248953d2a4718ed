package sharing.authority.irpr_209_95_label_test

import data.sharing.authority.irpr_209_95_label
import data.sharing.testing

ask(request) := result if {
	result := irpr_209_95_label.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_a_finding if ask(testing.changed(testing.finding, "/elements", ["penalty", "contact"])) == {"penalty"}

test_the_status_itself if ask(testing.changed(testing.finding, "/elements", ["status", "contact"])) == {"status"}

test_nothing_of_a_finding if ask(testing.changed(testing.finding, "/elements", ["contact"])) == set()
