package sharing.authority.fippa_38_39_test

import data.sharing.authority.fippa_38_39
import data.sharing.testing

ask(request) := result if {
	result := fippa_38_39.collects with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_own_activity if ask(testing.province)

test_other_activity if not ask(testing.changed(testing.province, "/purpose", "decide"))

test_federal if not ask(testing.case)

test_without_notice if {
	register := json.patch(testing.register, [{"op": "add", "path": "/purposes/inspect/notice", "value": ""}])
	not fippa_38_39.collects with input as testing.province
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}
