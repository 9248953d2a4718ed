package sharing.authority.phipa_29_test

import data.sharing.authority.phipa_29
import data.sharing.testing

# The file of a ministry, under this Act.
catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/ministry/elements/file/regime", "value": "phipa"}])

ask(request) := result if {
	result := phipa_29.forbids with input as request
		with data.register as object.union(testing.register, {"regimes": {"phipa": {"requires": ["phipa"], "collects": false}}, "authorities": {"PHIPA-consent": {"rule": "phipa_consent", "regimes": ["phipa"], "effective": {"from": null, "until": null}, "obligations": []}}, "lifting": {"consent": {"PHIPA-29": ["PHIPA-consent"]}}})
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_public_interest if ask(testing.on("public-interest", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == {"file"}

test_consent if ask(testing.on("consent", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == set()

test_other_regime if ask(testing.on("public-interest", "rcmp-a", "protect", testing.about("provider-a", "client", ["milestone"]))) == set()
