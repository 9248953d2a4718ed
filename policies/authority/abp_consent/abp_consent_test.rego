package sharing.authority.abp_consent_test

import data.sharing.authority.abp_consent
import data.sharing.testing

# The file of a ministry, under this Act.
catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/ministry/elements/file/regime", "value": "ab-pipa"}])

ask(request) := result if {
	result := abp_consent.permits with input as request
		with data.register as object.union(testing.register, {"regimes": {"ab-pipa": {"requires": ["ab-pipa"], "collects": false}}, "authorities": {"ABP-consent": {"rule": "abp_consent", "regimes": ["ab-pipa"], "effective": {"from": null, "until": null}, "obligations": []}}, "lifting": {"consent": {"ABP-7": ["ABP-consent"]}}})
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_consent if ask(testing.on("consent", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == {"file"}

test_other_ground if ask(testing.on("emergency", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == set()

test_other_regime if ask(testing.on("consent", "rcmp-a", "protect", testing.about("provider-a", "client", ["milestone"]))) == set()
