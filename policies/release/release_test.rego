package sharing.release_test

import data.sharing.release
import data.sharing.testing

ask(request) := result if {
	result := release with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

why(request, name) := reason.code if {
	reason := release.why(name) with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

report(ground, unit, purpose) := testing.on(ground, unit, purpose, testing.about("cbsa-a", "report", ["summary", "age", "entry", "benefit", "witness", "threat"]))

consent := report("consent", "ircc-a", "protect")

emergency := report("emergency", "rcmp-a", "protect")

court := report("court-order", "rcmp-a", "comply")

test_provision_before_its_time if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/CUST-107-9/effective/from", "value": "2026-06-02"}])
	granted := release.granted with input as consent
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	object.keys(granted) == {"age", "summary", "threat"}
}

test_granted if object.keys(ask(consent).granted) == {"age", "entry", "summary", "threat"}

test_prohibition_overrides if not ask(testing.on("consent", "shelter-a", "shelter", testing.about("cbsa-a", "report", ["carrier", "age"]))).granted.carrier

ordered := testing.read(testing.on("court-order", "rcmp-a", "comply", testing.about("esdc-a", "case", ["reporter", "number"])), {"do_not_disclose": false, "in_confidence": false, "reporter_consents": false})

test_a_court_does_not_wait_for_the_agreement_of_a_reporter if object.keys(ask(testing.released(ordered, ["DESDA-40-exception", "PA-8-2-b"], ["reporter", "number"])).granted) == {"number", "reporter"}

test_authorities if ask(consent).authorities == {"CUST-107-9", "PA-8-1-consent", "PA-8-2-b"}

test_authorities_of_what_goes if ask(testing.changed(consent, "/evidence/elements", ["age"])).authorities == {"PA-8-1-consent"}

test_exactly_what_was_released if object.keys(ask(testing.released(emergency, ["PA-8-2-m"], ["age", "witness", "entry"])).granted) == {"age"}

test_own_information_beyond_what_was_released if {
	request := report("own-information", "cbsa-a", "answer")
	object.keys(ask(testing.released(request, ["PA-12"], ["threat"])).granted) == {"threat"}
}

form(request, name) := ask(request).granted[name].form.kind

test_free_text_is_scrubbed if form(consent, "summary") == "scrub"

test_everything_else_is_plain if form(consent, "age") == "plain"

chosen(kind) := testing.changed(emergency, "/determination", {"authorities": ["PA-8-2-m"], "elements": [{"name": "summary", "form": {"kind": kind, "keep": null, "to": null}}], "despite_banner": false, "source_agreed": false})

test_a_person_chose_the_form if form(chosen("exists"), "summary") == "exists"

test_nobody_chooses_free_text_as_it_is if {
	not ask(chosen("plain")).granted.summary
	why(chosen("plain"), "summary") == "form-unknown"
}

test_a_person_chose_another_form_of_what_is_plain if {
	elements := [{"name": "age", "form": {"kind": "generalize", "keep": null, "to": "age-band"}}]
	form(testing.changed(emergency, "/determination", {"authorities": ["PA-8-2-m"], "elements": elements}), "age") == "generalize"
}

test_why_the_condition_of_its_own_provision if {
	request := report("investigative-request", "ircc-a", "investigate")
	why(request, "summary") == "not-an-investigative-body"
	why(request, "entry") == "not-a-peace-officer"
}

test_a_person_chose_no_known_form if {
	not ask(chosen("rot13")).granted.summary
	why(chosen("rot13"), "summary") == "form-unknown"
}

test_why_unknown if why(consent, "bogus") == "element-unknown"

test_why_third_party if why(consent, "witness") == "element-third-party"

test_why_out_of_scope if why(testing.changed(consent, "/evidence/elements", ["age"]), "entry") == "evidence-out-of-scope"

test_why_not_released if why(testing.released(emergency, ["PA-8-2-m"], ["age"]), "summary") == "not-released"

test_why_a_person if why(emergency, "age") == "element-needs-person"

test_why_consent if why(consent, "benefit") == "consent-does-not-open-desda"

test_consent_is_not_the_matter_on_another_ground if why(report("investigative-request", "rcmp-a", "investigate"), "benefit") == "no-discloser-authority"

test_consent_is_not_the_matter_of_another_regime if why(testing.on("consent", "shelter-a", "shelter", testing.about("cbsa-a", "report", ["carrier"])), "carrier") == "other-act-forbids"

test_why_a_condition if why(testing.changed(court, "/evidence/issuer", "tribunal"), "entry") == "issuer-without-jurisdiction"

test_why_forbidden if why(testing.released(emergency, ["PA-999"], ["entry"]), "entry") == "customs-prohibited"

test_why_nothing_opens if {
	request := testing.released(testing.on("emergency", "rcmp-a", "protect", testing.about("esdc-a", "finding", ["employer"])), ["PA-999"], ["employer"])
	why(request, "employer") == "no-discloser-authority"
}

test_agreement_that_the_record_lacks if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/report/elements/age/needs", "value": {"attribute": "agrees", "equals": true}}])
	request := testing.read(consent, {"do_not_disclose": false, "in_confidence": false, "agrees": false})
	result := release with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
	not result.granted.age
	reason := release.why("age") with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
	reason.code == "element-third-party"
}

test_another_person_whom_the_court_ordered if object.keys(ask(testing.released(court, ["PA-8-2-c"], ["age", "witness"])).granted) == {"age", "witness"}

test_another_person_whom_nobody_released if not ask(testing.released(court, ["PA-8-2-c"], ["age"])).granted.witness

test_another_person_without_an_order if why(testing.released(emergency, ["PA-8-2-m"], ["witness"]), "witness") == "element-third-party"

test_another_person_beyond_the_release if why(testing.released(court, ["PA-8-2-c"], ["age"]), "witness") == "not-released"

test_reprisal_and_the_court if object.keys(ask(testing.released(report("court-order", "police-a", "comply"), ["PA-8-2-c"], ["threat"])).granted) == {"threat"}

test_reprisal_and_the_workers_own_consent if ask(report("consent", "shelter-a", "shelter")).granted.threat

listed := testing.on("published", "shelter-a", "shelter", testing.about("esdc-a", "finding", ["employer", "penalty", "contact"]))

test_published_fields_go_to_anyone if object.keys(ask(testing.read(listed, {"finding_status": "final"})).granted) == {"employer", "penalty"}

test_published_fields_of_no_final_finding if ask(testing.read(listed, {"finding_status": "preliminary"})).granted == {}

test_what_is_not_published_stays if why(testing.changed(testing.read(listed, {"finding_status": "final"}), "/elements", ["contact"]), "contact") == "element-third-party"

test_on_another_ground_published_fields_stay if ask(testing.changed(testing.read(listed, {"finding_status": "final"}), "/ground", "consent")).granted == {}

person := json.patch(testing.catalogue, [{"op": "add", "path": "/finding/elements/employer/sensitivity", "value": "ID"}])

test_open_and_yet_forbidden if {
	reason := release.why("employer") with input as testing.read(listed, {"finding_status": "final"})
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as person
	reason == {"code": "no-discloser-authority", "citations": ["DESDA-32"]}
}

test_what_is_closed_is_told_with_what_forbids_and_what_does_not_open if {
	about_a_person := json.patch(testing.catalogue, [{"op": "add", "path": "/finding/elements/status/sensitivity", "value": "ID"}])
	request := testing.changed(testing.changed(listed, "/elements", ["status"]), "/evidence/elements", ["status"])
	reason := release.why("status") with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as about_a_person
	reason == {"code": "no-discloser-authority", "citations": ["DESDA-32", "IRPR-209.997"]}
}
