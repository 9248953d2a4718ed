package sharing.authority.bcp_6_test

import data.sharing.authority.bcp_6
import data.sharing.testing

# The file of a ministry, under this Act.
catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/ministry/elements/file/regime", "value": "bc-pipa"}])

ask(request) := result if {
	result := bcp_6.forbids with input as request
		with data.register as object.union(testing.register, {"regimes": {"bc-pipa": {"requires": ["bc-pipa"], "collects": false}}, "authorities": {"BCP-consent": {"rule": "bcp_consent", "regimes": ["bc-pipa"], "effective": {"from": null, "until": null}, "obligations": []}}, "lifting": {"consent": {"BCP-6": ["BCP-consent"]}}})
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_public_interest if ask(testing.on("public-interest", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == {"file"}

test_consent if ask(testing.on("consent", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == set()

test_other_regime if ask(testing.on("public-interest", "rcmp-a", "protect", testing.about("provider-a", "client", ["milestone"]))) == set()
