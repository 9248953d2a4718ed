package sharing.authority.bc_consent_test

import data.sharing.authority.bc_consent
import data.sharing.testing

# The file of a ministry, under this Act.
catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/ministry/elements/file/regime", "value": "bc-foippa"}])

ask(request) := result if {
	result := bc_consent.permits with input as request
		with data.register as object.union(testing.register, {"regimes": {"bc-foippa": {"requires": ["bc-foippa"], "collects": false}}, "authorities": {"BC-consent": {"rule": "bc_consent", "regimes": ["bc-foippa"], "effective": {"from": null, "until": null}, "obligations": []}}, "lifting": {"consent": {"BC-33": ["BC-consent"]}}})
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_consent if ask(testing.on("consent", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == {"file"}

test_other_ground if ask(testing.on("emergency", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == set()

test_other_regime if ask(testing.on("consent", "rcmp-a", "protect", testing.about("provider-a", "client", ["milestone"]))) == set()
