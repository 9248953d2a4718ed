package sharing.ground_test

import data.sharing.ground
import data.sharing.testing

ask(request) := result if {
	result := ground with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

codes(request) := {reason.code | some reason in ask(request).reasons}

emergency := testing.on("emergency", "rcmp-a", "protect", testing.about("esdc-a", "case", ["number", "name", "reporter"]))

report(ground, unit, purpose) := testing.on(ground, unit, purpose, testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

study := testing.on("research", "university-a", "study", testing.about("esdc-a", "case", ["number"]))

test_agreement if ask(testing.case).by_agreement

test_other_ground_is_no_agreement if not ask(emergency).by_agreement

test_nothing_lacks if codes(emergency) == set()

test_unknown if codes(testing.changed(testing.case, "/ground", "hunch")) == {"ground-not-supported"}

test_agreement_is_known if not "ground-not-supported" in codes(testing.case)

test_known if not "ground-not-supported" in codes(emergency)

test_wrong_custodian if codes(testing.changed(emergency, "/custodian", "ircc-a")) == {"record-type-not-held"}

test_unknown_purpose if codes(testing.changed(emergency, "/purpose", "tourism")) == {"purpose-unknown"}

test_bulk_emergency if codes(testing.changed(emergency, "/cardinality", "list")) == {"list-not-granted"}

test_list_for_research if codes(testing.changed(study, "/cardinality", "list")) == set()

test_no_evidence if codes(testing.changed(emergency, "/evidence", null)) == {"evidence-missing"}

test_evidence_and_provision if codes(testing.changed(testing.changed(emergency, "/evidence/revoked", true), "/evidence/aim", null)) == {"danger-not-stated", "evidence-revoked"}

test_condition_missing if codes(testing.changed(emergency, "/evidence/aim", null)) == {"danger-not-stated"}

test_condition_missing_for_one_provision if {
	request := testing.changed(report("court-order", "rcmp-a", "comply"), "/evidence/issuer", "tribunal")
	codes(request) == set()
	ask(request).weighable == {"benefit", "summary"}
}

test_reach if ask(report("court-order", "rcmp-a", "comply")).reached == {
	"CUST-107-5": {"entry"},
	"DESDA-40-exception": {"benefit"},
	"PA-8-2-b": {"benefit", "entry"},
	"PA-8-2-c": {"summary"},
}

test_provision_before_its_time if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/DESDA-37/effective/from", "value": "2026-06-02"}])
	reached := ground.reached with input as emergency
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	reached == {}
}

test_provisions_of_the_register_only if {
	reached := ground.reached with input as emergency
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/grounds/emergency", "value": []}])
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	reached == {}
}

test_nothing_is_opened_before_its_time if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/CUST-107-9/effective/from", "value": "2026-06-02"}])
	opened := ground.opened_by with input as consent
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	not opened["CUST-107-9"]
	opened["PA-8-1-consent"]
}

test_citations_leave_out_what_lacks_something if {
	request := testing.on("investigative-request", "police-a", "investigate", testing.about("rcmp-a", "prints", ["alias"]))
	ask(request).citations == {"IRPR-13.11"}
}

test_citations_of_what_a_person_weighs if {
	request := testing.on("own-information", "cbsa-a", "answer", testing.about("cbsa-a", "report", ["entry", "threat"]))
	ask(request).citations == {"PA-12"}
}

test_holds_of_the_register_only if {
	citations := ground.citations with input as report("court-order", "rcmp-a", "comply")
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/prohibitions", "value": []}])
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	not "DESDA-40" in citations
}

test_nobody_else if ask(emergency).candidates == {"name", "number"}

test_covered_only if ask(testing.changed(emergency, "/evidence/elements", ["name"])).candidates == {"name"}

test_every_regime if ask(report("investigative-request", "rcmp-a", "investigate")).weighable == {"entry", "summary"}

barred(ground, unit, purpose, elements) := ask(testing.on(ground, unit, purpose, testing.about("cbsa-a", "report", elements))).barred

test_carrier_information if barred("court-order", "rcmp-a", "comply", ["carrier", "summary"]) == {"carrier": true}

test_reprisal if barred("investigative-request", "police-a", "investigate", ["threat", "summary"]) == {"threat": true}

test_reprisal_and_consent if barred("consent", "shelter-a", "shelter", ["threat", "summary"]) == {}

candidates(ground, unit, purpose) := ask(testing.on(ground, unit, purpose, testing.about("cbsa-a", "report", ["age", "witness"]))).candidates

test_another_person_whom_a_court_may_order if candidates("court-order", "rcmp-a", "comply") == {"age", "witness"}

test_another_person_otherwise if candidates("emergency", "rcmp-a", "protect") == {"age"}

test_another_person_the_order_does_not_cover if ask(testing.changed(testing.on("court-order", "rcmp-a", "comply", testing.about("cbsa-a", "report", ["age", "witness"])), "/evidence/elements", ["age"])).candidates == {"age"}

test_reprisal_in_an_emergency if barred("emergency", "police-a", "protect", ["threat"]) == {}

test_barred_is_not_weighable if ask(testing.on("court-order", "rcmp-a", "comply", testing.about("cbsa-a", "report", ["carrier", "summary"]))).weighable == {"summary"}

test_finding_that_is_not_final if {
	request := testing.on("court-order", "rcmp-a", "comply", testing.about("esdc-a", "finding", ["employer", "contact"]))
	ask(testing.read(request, {"finding_status": "preliminary"})).barred == {"employer": true}
}

test_presumed_protected if {
	request := testing.on("access-request", "shelter-a", "access", testing.about("provider-a", "client", ["milestone"]))
	ask(request).barred == {"milestone": true}
}

test_for_a_person if ask(emergency).for_a_person == {"name", "number"}

test_not_when_a_person_decided if ask(testing.released(emergency, ["DESDA-37"], ["name"])).for_a_person == set()

test_not_by_rule if ask(testing.on("consent", "shelter-a", "shelter", testing.about("cbsa-a", "report", ["summary"]))).for_a_person == set()

test_some_by_rule if ask(testing.on("own-information", "cbsa-a", "answer", testing.about("cbsa-a", "report", ["summary", "threat"]))).for_a_person == {"threat"}

test_citations if ask(emergency).citations == {"DESDA-37", "PA-8-2-b"}

test_citations_of_holds if ask(report("court-order", "rcmp-a", "comply")).citations == {"CUST-107-10", "CUST-107-5", "DESDA-40", "DESDA-40-exception", "PA-8-2-b", "PA-8-2-c"}

test_citations_of_what_lacks_nothing if {
	request := testing.changed(report("court-order", "rcmp-a", "comply"), "/evidence/issuer", "tribunal")
	ask(request).citations == {"DESDA-40", "DESDA-40-exception", "PA-8-2-b", "PA-8-2-c"}
}

test_citations_of_what_is_asked if ask(testing.on("court-order", "rcmp-a", "comply", testing.about("cbsa-a", "report", ["summary"]))).citations == {"PA-8-2-c"}

test_hold_before_its_time if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/DESDA-40/effective/from", "value": "2026-06-02"}])
	citations := ground.citations with input as report("court-order", "rcmp-a", "comply")
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	not "DESDA-40" in citations
}

consent := report("consent", "ircc-a", "protect")

test_opened_by if ask(consent).opened_by["CUST-107-9"] == {"entry"}

test_every_regime_must_open if {
	object.keys(ask(testing.on("emergency", "rcmp-a", "protect", testing.about("cbsa-a", "report", ["entry", "benefit"]))).open) == set()
	object.keys(ask(consent).open) == {"entry", "summary"}
}

test_nothing_is_weighed_under_a_provision_that_lacks_something if {
	request := testing.on("national-security", "rcmp-a", "secure", testing.about("cbsa-a", "report", ["summary"]))
	ask(request).weighable == {"summary"}
	codes(testing.silent(request, "security-basis")) == {"security-basis-missing"}
}

closed(name) := result if {
	request := testing.on("consent", "ircc-a", "protect", testing.about("cbsa-a", "report", ["summary", "benefit"]))
	result := ground.closed(name) with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_what_does_not_open_an_element if closed("benefit") == {"PA-8-1-consent", "PA-8-2-b"}

test_nothing_is_closed_where_every_law_is_opened if closed("summary") == set()

compels(ground_asked, unit) if {
	ground.compelled with input as testing.on(ground_asked, unit, "oversee", testing.about("cbsa-a", "report", ["witness"]))
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_a_court_compels if compels("court-order", "rcmp-a")

test_the_privacy_commissioner_compels if compels("oversight", "commissioner-a")

test_another_commissioner_does_not if not compels("oversight", "ipc-a")

test_the_privacy_commissioner_on_another_ground_does_not if not compels("consent", "commissioner-a")
