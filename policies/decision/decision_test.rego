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
	codes(other) == ["no-agreement", "route-agreed-conditions", "route-court-order", "route-emergency", "route-public-interest"]
	count(other.withheld) == 6
}

test_expired if codes(decide(testing.changed(testing.case, "/agreement/term/expiry", "2026-06-01"))) == ["agreement-expired"]

test_list_of_persons if codes(decide(testing.changed(testing.case, "/cardinality", "list"))) == ["list-not-granted"]

test_case_reference if codes(decide(testing.changed(testing.case, "/case_reference", false))) == ["case-reference-missing"]

test_warrant_is_referred if {
	decision := decide(testing.on("court-order", "rcmp-a", "comply", testing.case))
	decision.effect == "refer"
	decision.reasons == [{"code": "needs-human-decision", "citations": ["DESDA-40", "DESDA-40-exception", "PA-8-2-b"]}]
	decision.elements == {}
	decision.obligations == []
}

test_consent_is_denied if codes(decide(testing.on("consent", "shelter-a", "shelter", testing.about("esdc-a", "case", ["number"])))) == ["consent-does-not-open-desda"]

report(ground, unit, purpose) := testing.on(ground, unit, purpose, testing.about("cbsa-a", "report", ["summary", "age", "entry", "benefit", "witness", "bogus"]))

test_consent_opens_what_it_may if {
	decision := decide(report("consent", "shelter-a", "shelter"))
	decision.effect == "permit"
	decision.clauses == []
	decision.authorities == {"discloser": ["CUST-107-9", "PA-8-1-consent", "PA-8-2-b"], "recipient": []}
	decision.elements == {
		"age": {"form": {"kind": "plain", "keep": null, "to": null}, "clause": null},
		"entry": {"form": {"kind": "plain", "keep": null, "to": null}, "clause": null},
		"summary": {"form": {"kind": "scrub", "keep": null, "to": null}, "clause": null},
	}
	decision.withheld == [
		{"element": "benefit", "reason": "consent-does-not-open-desda"},
		{"element": "bogus", "reason": "element-unknown"},
		{"element": "witness", "reason": "element-third-party"},
	]
	decision.reasons == [{"code": "permitted-on-ground", "citations": ["CUST-107-9", "PA-8-1-consent", "PA-8-2-b"]}]
	{"keep-consent", "mark", "record"} - duties(decision) == set()
}

test_consent_to_a_unit_that_collects if {
	decision := decide(report("consent", "ircc-a", "protect"))
	decision.authorities.recipient == ["PA-4", "PA-5"]
	some duty in decision.obligations
	duty == {"code": "retain-at-least", "on": "ircc-a", "due_days": 730, "citations": ["PR-4"]}
}

test_consent_to_a_unit_that_may_not_collect if decide(report("consent", "ircc-a", "shelter")).reasons == [{"code": "no-recipient-authority", "citations": ["PA-4"]}]

test_evidence_speaks_before_the_record if {
	request := testing.read(testing.changed(report("consent", "shelter-a", "shelter"), "/evidence/revoked", true), {"do_not_disclose": true, "in_confidence": true})
	decision := decide(request)
	codes(decision) == ["evidence-revoked"]
	count(decision.withheld) == 6
}

test_protected_on_any_ground if codes(decide(testing.read(report("emergency", "rcmp-a", "protect"), {"do_not_disclose": true, "in_confidence": false}))) == ["record-protected"]

test_protected_whatever_a_person_released if {
	request := testing.released(report("emergency", "rcmp-a", "protect"), ["PA-8-2-m"], ["age"])
	codes(decide(testing.read(request, {"do_not_disclose": true, "in_confidence": false}))) == ["record-protected"]
}

test_released_by_a_person if {
	request := testing.released(report("emergency", "rcmp-a", "protect"), ["DESDA-37", "PA-8-2-m"], ["age", "benefit", "entry", "witness"])
	decision := decide(testing.read(request, {"do_not_disclose": false, "in_confidence": true}))
	decision.effect == "permit"
	decision.authorities.discloser == ["DESDA-37", "PA-8-2-b", "PA-8-2-m"]
	object.keys(decision.elements) == {"age", "benefit"}
	reason_of(decision, "entry") == "customs-prohibited"
	reason_of(decision, "summary") == "not-released"
	reason_of(decision, "witness") == "element-third-party"
	codes(decision) == ["released-by-person"]
	{"after-review", "notify-partner-entity", "notify-privacy-commissioner"} - duties(decision) == set()
}

test_released_under_nothing_that_opens if {
	decision := decide(testing.released(report("emergency", "rcmp-a", "protect"), ["PA-8-2-c"], ["age"]))
	decision.effect == "deny"
	reason_of(decision, "age") == "no-discloser-authority"
}

test_a_request_of_an_investigative_body_is_kept_when_it_is_refused if {
	decision := decide(report("investigative-request", "ircc-a", "investigate"))
	codes(decision) == ["not-a-peace-officer", "not-an-investigative-body"]
	duties(decision) == {"keep-request-and-record"}
}

test_a_request_of_an_investigative_body_is_kept_when_it_is_referred if {
	decision := decide(report("investigative-request", "rcmp-a", "investigate"))
	decision.effect == "refer"
	duties(decision) == {"keep-request-and-record"}
}

test_a_request_of_an_investigative_body_is_kept_when_nothing_opens if {
	decision := decide(testing.on("investigative-request", "rcmp-a", "investigate", testing.about("esdc-a", "case", ["number"])))
	codes(decision) == ["no-discloser-authority"]
	duties(decision) == {"keep-request-and-record"}
}

test_own_information_in_part if {
	request := testing.on("own-information", "esdc-a", "answer", testing.about("esdc-a", "case", ["number", "notes"]))
	decision := decide(request)
	object.keys(decision.elements) == {"number"}
	reason_of(decision, "notes") == "element-needs-person"
	decision.authorities.recipient == []
	not "retain-at-least" in duties(decision)
}

test_own_information_for_a_person if decide(testing.on("own-information", "esdc-a", "answer", testing.about("esdc-a", "case", ["notes"]))).effect == "refer"

test_unknown_party_on_a_ground if codes(decide(testing.changed(report("consent", "shelter-a", "shelter"), "/custodian", "nobody"))) == ["party-unknown"]

test_unknown_obligation_is_no_release if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/PA-8-1-consent/obligations", "value": ["sing"]}])
	decision := sharing.decision with input as report("consent", "shelter-a", "shelter")
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	decision.effect == "deny"
}

test_a_person_on_a_ground_no_register_knows if codes(decide(testing.changed(report("consent", "shelter-a", "shelter"), "/ground", "hunch"))) == ["ground-not-supported"]

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
	decision := decide(testing.permit_for_a_law)
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
	duties(decide(request)) - retention == {"disposition", "label"}
}

test_no_duty_for_a_personal_element_that_is_withheld if {
	request := testing.changed(testing.finding, "/agreement/schedule/clauses/0/obligations", [])
	duties(decide(testing.changed(request, "/elements", ["contact", "employer"]))) - retention == {"disposition", "label"}
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
	in_turn(["DESDA-32", "PA-8-1"], request) == ["DESDA-32", "DESDA-35", "PA-8-2-b", "isa/c1"]
	in_turn(["PA-8-1", "DESDA-32"], request) == ["DESDA-35", "PA-8-1", "PA-8-2-b", "isa/c1"]
}

in_turn(prohibitions, request) := citations if {
	decision := sharing.decision with input as testing.changed(request, "/elements", ["number"])
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/prohibitions", "value": prohibitions}])
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	citations := decision.reasons[0].citations
}

consistent := json.patch(testing.permit, [
	{"op": "add", "path": "/requester", "value": "ircc-b"},
	{"op": "add", "path": "/recipient", "value": "ircc-b"},
	{"op": "add", "path": "/purpose", "value": "decide"},
	{"op": "add", "path": "/agreement/parties", "value": ["ircc-a", "ircc-b"]},
	{"op": "add", "path": "/agreement/schedule/purpose", "value": "decide"},
	{"op": "add", "path": "/agreement/schedule/clauses/0/discloser/authorities", "value": ["PA-8-2-a"]},
	{"op": "add", "path": "/agreement/schedule/clauses/0/recipient/units", "value": ["ircc-b"]},
])

test_consistent_use if object.keys(decide(consistent).elements) == {"file", "status"}

test_expired_whatever_the_law_opens if codes(decide(testing.changed(consistent, "/agreement/term/expiry", "2026-06-01"))) == ["agreement-expired"]

test_a_clause_grants_nothing_on_another_ground if {
	evidence := testing.on("consent", "ircc-b", "decide", consistent).evidence
	request := json.patch(consistent, [
		{"op": "add", "path": "/ground", "value": "consent"},
		{"op": "add", "path": "/evidence", "value": object.union(evidence, {"elements": ["status"]})},
	])
	decision := decide(request)
	decision.clauses == []
	decision.elements == {"status": {"form": {"kind": "plain", "keep": null, "to": null}, "clause": null}}
	reason_of(decision, "file") == "evidence-out-of-scope"
}

test_evidence_opens_nothing_under_an_agreement if {
	evidence := testing.on("consent", "ircc-b", "decide", consistent).evidence
	request := testing.changed(testing.changed(consistent, "/evidence", evidence), "/agreement/schedule/clauses/0/discloser/authorities", [])
	decide(request).effect == "deny"
}

test_in_confidence if codes(decide(testing.read(testing.case, {"do_not_disclose": false, "in_confidence": true, "reporter_consents": false}))) == ["in-confidence"]

unused := json.patch(consistent.agreement.schedule.clauses[0], [
	{"op": "add", "path": "/id", "value": "z"},
	{"op": "add", "path": "/discloser/authorities", "value": ["DCI-5.4", "PA-8-2-a"]},
	{"op": "add", "path": "/recipient/authorities", "value": ["PA-4", "PA-5"]},
	{"op": "add", "path": "/obligations", "value": ["breach"]},
])

test_a_clause_that_grants_nothing_is_not_relied_on if {
	decision := decide(testing.changed(consistent, "/agreement/schedule/clauses/-", unused))
	decision.clauses == ["i1"]
	decision.authorities == {"discloser": ["PA-8-2-a"], "recipient": ["PA-4"]}
	not "breach" in duties(decision)
}

test_an_element_is_opened_under_the_clause_that_lists_it if {
	clause := consistent.agreement.schedule.clauses[0]
	first := json.patch(clause, [
		{"op": "add", "path": "/elements", "value": [{"name": "status", "form": {"kind": "plain"}}]},
		{"op": "add", "path": "/discloser/authorities", "value": []},
	])
	second := json.patch(clause, [
		{"op": "add", "path": "/id", "value": "i2"},
		{"op": "add", "path": "/elements", "value": [{"name": "file", "form": {"kind": "plain"}}]},
	])
	decision := decide(testing.changed(consistent, "/agreement/schedule/clauses", [first, second]))
	reason_of(decision, "status") == "no-discloser-authority"
}

# The clause lists the third party, and says why in these words.
because(words) := json.patch(testing.case, [
	{"op": "replace", "path": "/elements", "value": ["number", "helper"]},
	{"op": "replace", "path": "/agreement/schedule/clauses/0/elements", "value": [
		{"name": "number", "form": {"kind": "plain"}},
		{"name": "helper", "form": {"kind": "plain"}, "third_party": words},
	]},
])

test_third_party_with_a_reason if object.keys(decide(because("needed")).elements) == {"helper", "number"}

test_third_party_with_an_empty_reason if reason_of(decide(because("")), "helper") == "element-third-party"

test_third_party_with_no_reason_at_all if reason_of(decide(because(null)), "helper") == "element-third-party"

citations_of(request) := {reason.code: reason.citations | some reason in decide(request).reasons}

cited_by(request, side, authorities) := testing.changed(request, concat("/", ["/agreement/schedule/clauses/0", side, "authorities"]), authorities)

number_only := testing.changed(testing.case, "/elements", ["number"])

test_a_recipient_is_told_which_provision_does_not_hold if {
	citations_of(cited_by(number_only, "recipient", ["PA-4", "FIPPA-38-39"])) == {"no-recipient-authority": ["FIPPA-38-39", "isa/c1"]}
}

test_a_recipient_is_told_under_which_law_it_would_collect if {
	citations_of(cited_by(number_only, "recipient", ["IRPR-207.1"])) == {"no-recipient-authority": ["PA-4", "PA-5", "isa/c1"]}
}

test_both_sides_are_told if {
	request := cited_by(cited_by(number_only, "recipient", ["FIPPA-38-39", "PA-4"]), "discloser", ["PA-8-2-b"])
	citations_of(request) == {
		"no-discloser-authority": ["PA-8-1", "PA-8-2-b", "isa/c1"],
		"no-recipient-authority": ["FIPPA-38-39", "isa/c1"],
	}
}

# What a carrier gave, to a recipient that may not collect it, under a clause that opens nothing.
manifest := cited_by(
	cited_by(
		json.patch(testing.permit, [
			{"op": "add", "path": "/elements", "value": ["manifest"]},
			{"op": "add", "path": "/agreement/schedule/clauses/0/elements/-", "value": {"name": "manifest", "form": {"kind": "plain"}}},
		]),
		"discloser", ["MF-32-e"],
	),
	"recipient", ["FIPPA-38-39", "PA-4"],
)

test_what_forbids_for_another_reason_is_not_cited_as_lacking_authority if {
	may_collect := cited_by(manifest, "recipient", ["PA-4"])
	citations_of(may_collect) == {"other-act-forbids": ["IRPA-149"]}
	citations_of(manifest) == {
		"no-discloser-authority": ["MF-32-e", "isa/i1"],
		"no-recipient-authority": ["FIPPA-38-39", "isa/i1"],
	}
}

test_a_discloser_that_may_is_not_told_of if {
	object.keys(citations_of(cited_by(number_only, "recipient", ["FIPPA-38-39"]))) == {"no-recipient-authority"}
}

test_one_element_that_may_go_is_enough_for_the_discloser if {
	request := cited_by(testing.changed(testing.case, "/elements", ["number", "bogus"]), "recipient", ["FIPPA-38-39"])
	object.keys(citations_of(request)) == {"no-recipient-authority"}
}

test_a_discloser_is_told_which_provision_does_not_let_go if {
	request := testing.changed(number_only, "/agreement/schedule/advisability", null)
	citations_of(request) == {"no-discloser-authority": ["DESDA-32", "DESDA-35", "PA-8-2-b", "isa/c1"]}
}

test_only_a_clause_that_lists_the_element_is_cited_for_it if {
	request := two_clauses([{"op": "add", "path": "/discloser/authorities", "value": ["MF-32-e"]}])
	decide(request).clauses == ["c2"]
	citations_of(testing.changed(request, "/elements", ["number"])) == {"no-discloser-authority": ["MF-32-e", "isa/c1"]}
}

test_an_element_outside_is_told_with_the_clause if {
	citations_of(testing.changed(testing.permit, "/elements", ["address"])) == {"element-not-in-clause": ["isa/i1"]}
}

test_a_third_party_outside_is_told_with_the_clause if {
	citations_of(testing.changed(testing.finding, "/elements", ["contact"])) == {"element-third-party": ["isa/f1"]}
}

test_a_third_party_without_a_reason_is_told_with_the_clause if {
	citations_of(testing.changed(testing.case, "/elements", ["helper"])) == {"element-third-party": ["isa/c1"]}
}

test_an_unknown_form_is_told_with_the_clause if {
	request := testing.changed(number_only, "/agreement/schedule/clauses/0/elements/0/form", {"kind": "dance"})
	citations_of(request) == {"form-unknown": ["isa/c1"]}
}

test_a_stranger_is_told_of_with_the_agreement if {
	citations_of(testing.changed(testing.case, "/recipient", "nobody")) == {"not-a-party": ["isa"], "party-unknown": []}
	citations_of(testing.changed(testing.case, "/recipient", "rcmp-a")) == {"not-a-party": ["isa"], "requester-does-not-act": []}
}

test_a_stranger_without_an_agreement if {
	request := json.patch(testing.case, [{"op": "add", "path": "/recipient", "value": "nobody"}, {"op": "add", "path": "/agreement", "value": null}])
	citations_of(request) == {"party-unknown": []}
}

test_a_refusal_hints_at_what_is_published if {
	object.keys(citations_of(testing.changed(testing.finding, "/purpose", "inspect"))) == {"purpose-not-covered", "route-published"}
	"route-published" in object.keys(citations_of(testing.changed(testing.finding, "/agreement", null)))
}

test_no_hint_where_nothing_is_published if object.keys(citations_of(testing.changed(number_only, "/purpose", "inspect"))) == {"purpose-not-covered"}

test_published_without_an_agreement if {
	decision := decide(testing.on("published", "shelter-a", "shelter", testing.about("esdc-a", "finding", ["employer"])))
	decision.effect == "permit"
	decision.authorities == {"discloser": ["IRPR-209.997"], "recipient": []}
}

test_a_list_of_what_is_published if {
	decide(json.patch(testing.on("published", "shelter-a", "shelter", testing.about("esdc-a", "finding", ["employer"])), [{"op": "add", "path": "/cardinality", "value": "list"}])).effect == "permit"
}
