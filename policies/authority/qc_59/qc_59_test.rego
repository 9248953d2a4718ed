package sharing.authority.qc_59_test

import data.sharing.authority.qc_59
import data.sharing.testing

# The file of a ministry, under this Act.
catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/ministry/elements/file/regime", "value": "quebec-access"}])

ask(request) := result if {
	result := qc_59.forbids with input as request
		with data.register as object.union(testing.register, {"regimes": {"quebec-access": {"requires": ["quebec-access"], "collects": false}}, "authorities": {"QC-consent": {"rule": "qc_consent", "regimes": ["quebec-access"], "effective": {"from": null, "until": null}, "obligations": []}}, "lifting": {"consent": {"QC-59": ["QC-consent"]}}})
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_public_interest if ask(testing.on("public-interest", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == {"file"}

test_consent if ask(testing.on("consent", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == set()

test_other_regime if ask(testing.on("public-interest", "rcmp-a", "protect", testing.about("provider-a", "client", ["milestone"]))) == set()
