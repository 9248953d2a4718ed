package sharing.authority.qcp_consent_test

import data.sharing.authority.qcp_consent
import data.sharing.testing

# The file of a ministry, under this Act.
catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/ministry/elements/file/regime", "value": "quebec-private"}])

ask(request) := result if {
	result := qcp_consent.permits with input as request
		with data.register as object.union(testing.register, {"regimes": {"quebec-private": {"requires": ["quebec-private"], "collects": false}}, "authorities": {"QCP-consent": {"rule": "qcp_consent", "regimes": ["quebec-private"], "effective": {"from": null, "until": null}, "obligations": []}}, "lifting": {"consent": {"QCP-13": ["QCP-consent"]}}})
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_consent if ask(testing.on("consent", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == {"file"}

test_other_ground if ask(testing.on("emergency", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == set()

test_other_regime if ask(testing.on("consent", "rcmp-a", "protect", testing.about("provider-a", "client", ["milestone"]))) == set()
