package sharing.authority.pipeda_consent_test

import data.sharing.authority.pipeda_consent
import data.sharing.testing

# The file of a ministry, under this Act.
catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/ministry/elements/file/regime", "value": "pipeda"}])

ask(request) := result if {
	result := pipeda_consent.permits with input as request
		with data.register as object.union(testing.register, {"regimes": {"pipeda": {"requires": ["pipeda"], "collects": false}}, "authorities": {"PIPEDA-consent": {"rule": "pipeda_consent", "regimes": ["pipeda"], "effective": {"from": null, "until": null}, "obligations": []}}, "lifting": {"consent": {"PIPEDA-5": ["PIPEDA-consent"]}}})
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_consent if ask(testing.on("consent", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == {"file"}

test_other_ground if ask(testing.on("emergency", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == set()

test_other_regime if ask(testing.on("consent", "rcmp-a", "protect", testing.about("provider-a", "client", ["milestone"]))) == set()
