package sharing.authority.irpr_209_5_209_9_test

import data.sharing.authority.irpr_209_5_209_9
import data.sharing.testing

ask(request) := result if {
	result := irpr_209_5_209_9.collects with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_inspector if ask(testing.permit)

test_other_purpose if not ask(testing.changed(testing.permit, "/purpose", "decide"))

test_other_institution if not ask(testing.by(testing.permit, "cbsa-a"))
