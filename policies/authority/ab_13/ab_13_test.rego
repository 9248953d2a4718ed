package sharing.authority.ab_13_test

import data.sharing.authority.ab_13
import data.sharing.testing

# The file of a ministry, under this Act.
catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/ministry/elements/file/regime", "value": "ab-popa"}])

ask(request) := result if {
	result := ab_13.forbids with input as request
		with data.register as object.union(testing.register, {"regimes": {"ab-popa": {"requires": ["ab-popa"], "collects": false}}, "authorities": {"AB-consent": {"rule": "ab_consent", "regimes": ["ab-popa"], "effective": {"from": null, "until": null}, "obligations": []}}, "lifting": {"consent": {"AB-13": ["AB-consent"]}}})
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_public_interest if ask(testing.on("public-interest", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == {"file"}

test_consent if ask(testing.on("consent", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == set()

test_other_regime if ask(testing.on("public-interest", "rcmp-a", "protect", testing.about("provider-a", "client", ["milestone"]))) == set()
