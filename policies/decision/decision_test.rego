package sharing_test

import data.sharing
import data.sharing.testing

decide(request) := result if {
	result := sharing.decision with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

codes(decision) := [reason.code | some reason in decision.reasons]

reason_of(decision, name) := [item.reason | some item in decision.withheld; item.element == name][0]

test_permit if {
	decision := decide(testing.case)
	decision.effect == "permit"
	decision.clauses == ["c1"]
	decision.authorities == {"discloser": ["DESDA-35", "PA-8-2-b"], "recipient": ["PA-4", "PA-5"]}
	object.keys(decision.elements) == {"name", "notes", "number", "reporter"}
	decision.elements.notes == {"form": {"kind": "scrub", "keep": null, "to": null}, "clause": "c1"}
	decision.withheld == [{"element": "bogus", "reason": "element-unknown"}, {"element": "helper", "reason": "element-third-party"}]
	"isa/c1" in decision.reasons[0].citations
}

test_reporter_who_did_not_agree if {
	decision := decide(testing.read(testing.case, {"do_not_disclose": false, "in_confidence": false, "reporter_consents": false}))
	decision.effect == "permit"
	reason_of(decision, "reporter") == "element-third-party"
}

test_reporter_who_agreed if {
	decision := decide(testing.read(testing.case, {"do_not_disclose": false, "in_confidence": false, "reporter_consents": true}))
	decision.elements.reporter
}

test_protected_record if codes(decide(testing.read(testing.case, {"do_not_disclose": true, "in_confidence": false, "reporter_consents": false}))) == ["record-protected"]

test_agreement_alone_never_permits if {
	decision := decide(testing.changed(testing.case, "/agreement/schedule/advisability", null))
	decision.effect == "deny"
	decision.elements == {}
	codes(decision) == ["element-unknown", "no-discloser-authority"]
}

test_uncited_authority_does_not_count if {
	decision := decide(testing.changed(testing.case, "/agreement/schedule/clauses/0/discloser/authorities", ["PA-8-2-b"]))
	decision.effect == "deny"
	"no-discloser-authority" in codes(decision)
}

test_no_recipient_authority if {
	codes(decide(testing.changed(testing.case, "/agreement/schedule/clauses/0/recipient/authorities", ["PA-5", "MF-29"]))) == ["no-recipient-authority"]
}

test_no_agreement_names_routes if {
	decision := decide(testing.changed(testing.changed(testing.case, "/agreement", null), "/requester", "ircc-b"))
	codes(decision) == ["requester-does-not-act"]
	other := decide(testing.changed(testing.case, "/agreement", null))
	codes(other) == ["no-agreement", "route-agreed-conditions", "route-court-order", "route-public-interest"]
	count(other.withheld) == 6
}

test_expired if codes(decide(testing.changed(testing.case, "/agreement/term/expiry", "2026-06-01"))) == ["agreement-expired"]

test_list_of_persons if codes(decide(testing.changed(testing.case, "/cardinality", "list"))) == ["list-not-granted"]

test_case_reference if codes(decide(testing.changed(testing.case, "/case_reference", false))) == ["case-reference-missing"]

test_warrant_is_referred if {
	decision := decide(testing.changed(testing.case, "/ground", "court-order"))
	decision.effect == "refer"
	decision.reasons == [{"code": "needs-human-decision", "citations": ["DESDA-40", "PA-8-2-c"]}]
	decision.elements == {}
}

test_consent_is_denied if codes(decide(testing.changed(testing.case, "/ground", "consent"))) == ["consent-does-not-open-desda"]

test_deny_overrides if {
	request := testing.by(testing.case, "shelter-a")
	clause := json.patch(request.agreement.schedule.clauses[0], [
		{"op": "add", "path": "/discloser/authorities", "value": ["DESDA-36.2", "PA-8-2-b"]},
		{"op": "add", "path": "/recipient/authorities", "value": ["CTR-SP"]},
	])
	parties := json.patch(testing.parties, [{"op": "add", "path": "/shelter-a", "value": json.patch(testing.parties["provider-a"], [{"op": "add", "path": "/programs", "value": ["work-permits"]}])}])
	decision := sharing.decision with input as testing.changed(request, "/agreement/schedule/clauses", [clause])
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
	decision.effect == "permit"
	decision.elements.name
	reason_of(decision, "notes") == "reprisal-sensitive"
}

test_unknown_form_is_withheld if {
	decision := decide(testing.changed(testing.case, "/agreement/schedule/clauses/0/elements/0/form", {"kind": "rot13"}))
	reason_of(decision, "number") == "form-unknown"
}

test_not_in_clause if reason_of(decide(testing.client), "notes") == "element-not-in-clause"

test_third_party_not_in_clause if {
	request := testing.changed(testing.case, "/agreement/schedule/clauses/0/elements", [testing.case.agreement.schedule.clauses[0].elements[0]])
	reason_of(decide(request), "helper") == "element-third-party"
}

test_authority_that_does_not_open_one_element if {
	decision := decide(testing.permit)
	decision.elements.status
	reason_of(decision, "file") == "no-discloser-authority"
}

test_customs if {
	decide(testing.crossing).effect == "permit"
	decision := decide(testing.by(testing.crossing, "esdc-a"))
	decision.effect == "deny"
}

test_unknown_obligation_is_no_permit if {
	decision := decide(testing.changed(testing.case, "/agreement/schedule/clauses/0/obligations", ["sing"]))
	decision.effect == "deny"
	decision.elements == {}
}

test_first_clause_wins if {
	clause := testing.case.agreement.schedule.clauses[0]
	other := json.patch(clause, [{"op": "add", "path": "/id", "value": "c0"}])
	decision := decide(testing.changed(testing.case, "/agreement/schedule/clauses/-", other))
	decision.clauses == ["c0"]
}

test_two_clauses_complete_each_other if {
	clause := testing.case.agreement.schedule.clauses[0]
	first := json.patch(clause, [{"op": "add", "path": "/elements", "value": [clause.elements[0]]}])
	second := json.patch(clause, [{"op": "add", "path": "/id", "value": "c2"}, {"op": "add", "path": "/elements", "value": [clause.elements[1]]}])
	decide(testing.changed(testing.case, "/agreement/schedule/clauses", [first, second])).clauses == ["c1", "c2"]
}

two_clauses(change) := testing.changed(testing.case, "/agreement/schedule/clauses", [first, second]) if {
	clause := testing.case.agreement.schedule.clauses[0]
	first := json.patch(clause, array.concat(change, [{"op": "add", "path": "/elements", "value": [clause.elements[0]]}]))
	second := json.patch(clause, [
		{"op": "add", "path": "/id", "value": "c2"},
		{"op": "add", "path": "/case_reference", "value": "optional"},
		{"op": "add", "path": "/elements", "value": [clause.elements[1]]},
	])
}

test_a_clause_without_its_case_reference_grants_nothing if {
	decision := decide(testing.changed(two_clauses([]), "/case_reference", false))
	object.keys(decision.elements) == {"name"}
	decision.clauses == ["c2"]
}

test_a_clause_whose_condition_is_not_met_grants_nothing if {
	condition := {"attribute": "reporter_consents", "in": [true]}
	request := two_clauses([{"op": "add", "path": "/conditions", "value": [condition]}])
	decision := decide(testing.read(request, {"do_not_disclose": false, "in_confidence": false, "reporter_consents": false}))
	object.keys(decision.elements) == {"name"}
}

test_a_clause_under_which_the_recipient_may_not_collect_grants_nothing if {
	decision := decide(two_clauses([{"op": "add", "path": "/recipient/authorities", "value": ["MF-29"]}]))
	object.keys(decision.elements) == {"name"}
}

test_authorities_are_those_that_open_what_goes if {
	request := testing.changed(testing.case, "/agreement/schedule/clauses/0/discloser/authorities/-", "PA-8-2-a")
	decide(request).authorities.discloser == ["DESDA-35", "PA-8-2-b"]
}

test_reasons_keep_their_own_citations if sharing.in_order({
	{"code": "b", "citations": ["y", "x"]},
	{"code": "a", "citations": ["z"]},
	{"code": "b", "citations": ["w"]},
}) == [{"code": "a", "citations": ["z"]}, {"code": "b", "citations": ["w", "x", "y"]}]

test_nothing_asked if codes(decide(testing.changed(testing.case, "/elements", []))) == ["policy-not-evaluated"]

test_empty_input if {
	decision := decide({})
	decision.effect == "deny"
}

duties(decision) := {duty.code | some duty in decision.obligations}

retention := {"dispose", "retain-at-least"}

test_duties_of_the_elements_that_go if {
	duties(decide(testing.case)) - retention == {"amend", "breach-federal", "caveat", "corrections", "date", "disposition", "mark", "record"}
}

test_no_duty_for_what_stays if {
	request := testing.changed(testing.finding, "/agreement/schedule/clauses/0/obligations", [])
	duties(decide(request)) - retention == {"disposition"}
}

test_no_duty_for_a_personal_element_that_is_withheld if {
	request := testing.changed(testing.finding, "/agreement/schedule/clauses/0/obligations", [])
	duties(decide(testing.changed(request, "/elements", ["contact", "employer"]))) - retention == {"disposition"}
}

test_index_of_banks_until_the_reform if {
	request := testing.changed(testing.changed(testing.client, "/purpose", "decide"), "/agreement/schedule/purpose", "decide")
	parties := json.patch(testing.parties, [{"op": "add", "path": "/city-a/programs", "value": ["ontario-works", "work-permits"]}])
	clause := json.patch(request.agreement.schedule.clauses[0], [{"op": "add", "path": "/recipient/authorities", "value": ["MF-27-28"]}])
	asked := testing.changed(request, "/agreement/schedule/clauses", [clause])
	reform := testing.changed(testing.changed(asked, "/date", "2027-01-01"), "/agreement/term/expiry", "2028-01-01")
	before := sharing.decision with input as testing.changed(asked, "/date", "2026-12-31")
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
	after := sharing.decision with input as reform
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
	duties(before) - duties(after) == {"record-city"}
	duties(after) - duties(before) == {"breach"}
}

test_provincial_breach_report_begins if {
	term := {"effective": "2025-01-01", "expiry": "2027-01-01", "suspensions": [], "termination": null}
	request := testing.changed(testing.province, "/agreement/term", term)
	not "breach" in duties(decide(testing.changed(request, "/date", "2025-06-30")))
	"breach" in duties(decide(testing.changed(request, "/date", "2025-07-01")))
}

test_carrier_information_is_forbidden_by_name if {
	request := json.patch(testing.permit, [
		{"op": "add", "path": "/elements", "value": ["manifest", "status"]},
		{"op": "add", "path": "/agreement/schedule/clauses/0/discloser/authorities", "value": ["IRPR-209.92"]},
		{"op": "add", "path": "/agreement/schedule/clauses/0/elements/-", "value": {"name": "manifest", "form": {"kind": "plain"}}},
	])
	reason_of(decide(request), "manifest") == "other-act-forbids"
	decide(request).elements.status
}

test_a_duty_whose_obligation_is_unknown_is_no_permit if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/SEC-CAT/obligations", "value": ["sing"]}])
	decision := sharing.decision with input as testing.case
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	decision.effect == "deny"
}

test_the_specific_act_speaks_first if {
	request := testing.changed(testing.case, "/agreement/schedule/advisability", null)
	in_turn(["DESDA-32", "PA-8-1"], request) == ["DESDA-32"]
	in_turn(["PA-8-1", "DESDA-32"], request) == ["PA-8-1"]
}

in_turn(prohibitions, request) := citations if {
	decision := sharing.decision with input as testing.changed(request, "/elements", ["number"])
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/prohibitions", "value": prohibitions}])
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	citations := decision.reasons[0].citations
}
