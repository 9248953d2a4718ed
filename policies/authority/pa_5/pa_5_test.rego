package sharing.authority.pa_5_test

import data.sharing.authority.pa_5
import data.sharing.testing

ask(request) := result if {
	result := pa_5.collects with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_with_notice if ask(testing.case)

test_federal_only if not ask(testing.province)

test_without_notice if {
	register := json.patch(testing.register, [{"op": "add", "path": "/purposes/decide/notice", "value": ""}])
	not pa_5.collects with input as testing.case
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}
