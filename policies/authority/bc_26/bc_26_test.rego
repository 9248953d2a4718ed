package sharing.authority.bc_26_test

import data.sharing.authority.bc_26
import data.sharing.testing

parties(regime, program) := json.patch(testing.parties, [
	{"op": "add", "path": "/province-a/regimes", "value": [regime]},
	{"op": "add", "path": "/province-a/programs", "value": [program]},
])

ask(regime, program, notice) if {
	bc_26.collects with input as testing.province
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/purposes/inspect/notice", "value": notice}])
		with data.parties as parties(regime, program)
		with data.catalogue as testing.catalogue
}

test_own_program if ask("bc-foippa", "labour", "N-1")

test_other_program if not ask("bc-foippa", "archives", "N-1")

test_without_notice if not ask("bc-foippa", "labour", "")

test_under_another_act if not ask("fippa", "labour", "N-1")
