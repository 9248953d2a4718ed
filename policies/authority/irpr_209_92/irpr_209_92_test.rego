package sharing.authority.irpr_209_92_test

import data.sharing.authority.irpr_209_92
import data.sharing.testing

ask(request) := result if {
	result := irpr_209_92.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_to_esdc if ask(testing.permit) == {"file", "status"}

test_to_province if ask(testing.by(testing.permit, "province-a")) == {"file", "status"}

test_other_purpose if ask(testing.changed(testing.permit, "/purpose", "decide")) == set()

test_other_recipient if ask(testing.by(testing.permit, "cbsa-a")) == set()

test_not_from_esdc if ask(testing.case) == set()

test_only_from_ircc if ask(testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "consistent")) == set()
