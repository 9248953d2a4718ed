package sharing.authority.qcp_emergency_test

import data.sharing.authority.qcp_emergency
import data.sharing.testing

# The file of a ministry, under this Act.
catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/ministry/elements/file/regime", "value": "quebec-private"}])

ask(request) := result if {
	result := qcp_emergency.permits with input as request
		with data.register as object.union(testing.register, {"regimes": {"quebec-private": {"requires": ["quebec-private"], "collects": false}}, "authorities": {"QCP-consent": {"rule": "qcp_consent", "regimes": ["quebec-private"], "effective": {"from": null, "until": null}, "obligations": []}}, "lifting": {"consent": {"QCP-13": ["QCP-consent"]}}})
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

reach(request) := result if {
	result := qcp_emergency.reaches with input as request
		with data.register as object.union(testing.register, {"regimes": {"quebec-private": {"requires": ["quebec-private"], "collects": false}}, "authorities": {"QCP-consent": {"rule": "qcp_consent", "regimes": ["quebec-private"], "effective": {"from": null, "until": null}, "obligations": []}}, "lifting": {"consent": {"QCP-13": ["QCP-consent"]}}})
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := qcp_emergency.missing with input as request
		with data.register as object.union(testing.register, {"regimes": {"quebec-private": {"requires": ["quebec-private"], "collects": false}}, "authorities": {"QCP-consent": {"rule": "qcp_consent", "regimes": ["quebec-private"], "effective": {"from": null, "until": null}, "obligations": []}}, "lifting": {"consent": {"QCP-13": ["QCP-consent"]}}})
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

asked := testing.on("emergency", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))

test_reach if reach(asked) == {"file"}

test_other_ground if reach(testing.on("consent", "rcmp-a", "protect", testing.about("province-a", "ministry", ["file"]))) == set()

test_other_regime if reach(testing.on("emergency", "rcmp-a", "protect", testing.about("provider-a", "client", ["milestone"]))) == set()

test_nothing_missing if lacks(asked) == set()

test_danger_not_stated if lacks(testing.changed(asked, "/evidence/aim", null)) == {"danger-not-stated"}

test_a_person_released if ask(testing.released(asked, ["QCP-emergency"], ["file"])) == {"file"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], ["file"])) == set()

test_nothing_goes_without_a_danger if ask(testing.released(testing.changed(asked, "/evidence/aim", null), ["QCP-emergency"], ["file"])) == set()
