package sharing.routes_test

import data.sharing.routes
import data.sharing.testing

ask(request) := result if {
	result := routes.reasons with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

codes(reasons) := {reason.code | some reason in reasons}

test_prescribed_institution if codes(ask(testing.by(testing.case, "rcmp-a"))) == {"route-agreed-conditions", "route-court-order", "route-public-interest"}

test_unlisted_institution if codes(ask(testing.by(testing.case, "cbsa-a"))) == {"route-court-order", "route-public-interest"}

test_foreign_state if {"code": "route-agreed-conditions", "citations": ["DESDA-36"]} in ask(testing.by(testing.case, "state-a"))

test_shelter if {"code": "route-agreed-conditions", "citations": ["DESDA-36.2"]} in ask(testing.by(testing.case, "shelter-a"))

test_other_regime if ask(testing.permit) == set()
