package sharing.record_attributes_test

import data.sharing.record_attributes
import data.sharing.testing

ask(request) := result if {
	result := record_attributes.reasons with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

codes(reasons) := {reason.code | some reason in reasons}

on_ground(request) := {reason.code | some reason in result} if {
	result := record_attributes.on_ground with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

consented := testing.on("consent", "shelter-a", "shelter", testing.about("cbsa-a", "report", ["summary"]))

confided := testing.read(consented, {"do_not_disclose": false, "in_confidence": true})

test_in_confidence_on_consent if on_ground(confided) == {"in-confidence"}

test_in_confidence_weighed_by_a_person if on_ground(testing.released(confided, ["PA-12"], ["summary"])) == set()

test_in_confidence_in_an_emergency if on_ground(testing.changed(confided, "/ground", "emergency")) == set()

test_not_in_confidence_on_consent if on_ground(testing.read(consented, {"do_not_disclose": false, "in_confidence": false})) == set()

test_protected_on_consent if "record-protected" in on_ground(testing.read(consented, {"do_not_disclose": true, "in_confidence": false}))

in_danger := testing.read(testing.on("emergency", "rcmp-a", "protect", testing.about("cbsa-a", "report", ["summary"])), {"do_not_disclose": true, "in_confidence": false})

test_protected_in_an_emergency if on_ground(testing.released(in_danger, ["PA-8-2-m"], ["summary"])) == {"record-protected"}

test_released_in_knowledge_of_the_banner if on_ground(testing.released_despite_banner(in_danger, ["PA-8-2-m"], ["summary"])) == set()

test_nothing_on_a_ground_before_the_fetch if on_ground(consented) == set()

test_nothing_before_the_fetch if ask(testing.case) == set()

test_sound if ask(testing.read(testing.case, {"do_not_disclose": false, "in_confidence": false, "reporter_consents": false})) == set()

test_do_not_disclose if "record-protected" in codes(ask(testing.read(testing.case, {"do_not_disclose": true, "in_confidence": false, "reporter_consents": false})))

test_unknown_counts_as_protected if "record-protected" in codes(ask(testing.read(testing.case, {})))

test_null_counts_as_protected if "record-protected" in codes(ask(testing.read(testing.case, {"do_not_disclose": null, "in_confidence": false, "reporter_consents": false})))

test_in_confidence if codes(ask(testing.read(testing.case, {"do_not_disclose": false, "in_confidence": true, "reporter_consents": false}))) == {"in-confidence"}

test_in_confidence_with_consent_of_source if ask(testing.changed(testing.read(testing.case, {"do_not_disclose": false, "in_confidence": true, "reporter_consents": false}), "/agreement/schedule/clauses/0/in_confidence", "with-consent-of-source")) == set()

test_attribute_missing if codes(ask(testing.read(testing.finding, {}))) == {"finding-not-final"}

test_final if ask(testing.read(testing.finding, {"finding_status": "final"})) == set()

test_preliminary if codes(ask(testing.read(testing.finding, {"finding_status": "preliminary"}))) == {"finding-not-final"}

test_other_condition if codes(ask(testing.changed(testing.read(testing.case, {"do_not_disclose": false, "in_confidence": false, "reporter_consents": false}), "/agreement/schedule/clauses/0/conditions", [{"attribute": "reporter_consents", "in": [true]}]))) == {"record-condition-not-met"}

meets(request) if {
	record_attributes.meets(request.agreement.schedule.clauses[0]) with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

sound := {"do_not_disclose": false, "in_confidence": false, "reporter_consents": false}

test_meets if meets(testing.read(testing.case, sound))

test_meets_before_the_fetch if meets(testing.case)

test_meets_nothing_as_something_else_than_a_record if not meets(testing.changed(testing.case, "/record", "odd"))

test_meets_nothing_in_confidence if not meets(testing.read(testing.case, object.union(sound, {"in_confidence": true})))

test_meets_nothing_protected if not meets(testing.read(testing.case, object.union(sound, {"do_not_disclose": true})))

test_no_conditions_before_the_fetch if ask(testing.finding) == set()

test_in_confidence_without_a_clause if {
	request := testing.changed(testing.read(testing.case, object.union(sound, {"in_confidence": true})), "/agreement/schedule/clauses", [])
	ask(request) == set()
}

test_protected_tells_of_no_condition if {
	request := testing.changed(testing.case, "/agreement/schedule/clauses/0/conditions", [{"attribute": "reporter_consents", "in": [true]}])
	codes(ask(testing.read(request, object.union(sound, {"do_not_disclose": true})))) == {"record-protected"}
}
