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
