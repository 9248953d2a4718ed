package sharing.authority.ctr_sp_test

import data.sharing.authority.ctr_sp
import data.sharing.testing

ask(request) := result if {
	result := ctr_sp.collects with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_engaged if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/provider-a/programs/-", "value": "ontario-works"}])
	ctr_sp.collects with input as testing.contact
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_other_program if not ask(testing.contact)

test_not_engaged if not ask(testing.by(testing.case, "shelter-a"))

test_under_another_regime if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/provider-a/programs", "value": ["ontario-works"]}, {"op": "add", "path": "/provider-a/regimes", "value": ["mfippa"]}])
	not ctr_sp.collects with input as testing.contact
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_contract_with_nobody if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/provider-a/programs", "value": ["ontario-works"]}, {"op": "add", "path": "/provider-a/engaged_by", "value": []}])
	not ctr_sp.collects with input as testing.contact
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}
