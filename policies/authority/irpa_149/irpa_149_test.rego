package sharing.authority.irpa_149_test

import data.sharing.authority.irpa_149
import data.sharing.testing

ask(request) := result if {
	result := irpa_149.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.changed(testing.permit, "/elements", ["manifest", "status"])

test_other_law if ask(asked) == {"manifest"}

test_immigration_law if ask(testing.changed(asked, "/purpose", "decide")) == set()

test_unknown_purpose if ask(testing.changed(asked, "/purpose", "bogus")) == {"manifest"}
