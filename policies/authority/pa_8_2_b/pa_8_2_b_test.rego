package sharing.authority.pa_8_2_b_test

import data.sharing.authority.pa_8_2_b
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_b.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

# A request for another purpose, for which the schedule is written.
meant_for(request, purpose) := testing.changed(testing.changed(request, "/purpose", purpose), "/agreement/schedule/purpose", purpose)

test_desda_35 if ask(testing.case) == {"helper", "name", "notes", "number", "reporter"}

test_desda_36 if ask(testing.province) == {"number"}

test_desda_36_2 if ask(testing.citing(meant_for(testing.by(testing.case, "shelter-a"), "decide"), "DESDA-36.2")) == {"helper", "name", "notes", "number", "reporter"}

test_desda_34 if ask(testing.citing(meant_for(testing.by(testing.case, "esdc-b"), "co-administer"), "DESDA-34")) == {"helper", "name", "notes", "number", "reporter"}

test_co_administered if ask(testing.citing(meant_for(testing.case, "co-administer"), "DESDA-34.1-2")) == {"helper", "name", "notes", "number", "reporter"}

test_dci if ask(testing.permit_for_a_law) == {"status"}

test_dci_and_officer if ask(testing.citing(testing.permit, "IRPR-209.92")) == {"file", "status"}

to_a_province := testing.citing(meant_for(testing.by(testing.permit, "province-a"), "inspect"), "DCI-5.5")

test_dci_alone if ask(to_a_province) == {"status"}

test_dci_before_its_commencement if ask(testing.changed(to_a_province, "/date", "2026-03-25")) == set()

test_dci_on_its_first_day if ask(testing.changed(to_a_province, "/date", "2026-03-26")) == {"status"}

test_what_no_clause_cites_enables_nothing if ask(testing.changed(testing.case, "/agreement/schedule/clauses/0/discloser/authorities", ["PA-8-2-b"])) == set()

test_published if ask(testing.citing(testing.changed(testing.finding, "/agreement/schedule/advisability", null), "IRPR-209.997")) == {"employer", "penalty"}

test_customs_107_5 if ask(testing.crossing) == {"date"}

test_customs_107_4 if ask(testing.citing(testing.by(testing.crossing, "cbsa-b"), "CUST-107-3-4")) == {"date"}

test_provincial_law_does_not_count if ask(testing.ministry) == set()

inside_ircc := testing.citing(meant_for(testing.by(testing.permit, "ircc-b"), "decide"), "DCI-5.4")

test_dci_5_4_on_its_first_day if ask(testing.changed(inside_ircc, "/date", "2026-03-26")) == {"file", "status"}

test_dci_5_4_before_its_commencement if ask(testing.changed(inside_ircc, "/date", "2026-03-25")) == set()

test_partner_country if ask(testing.citing(meant_for(testing.by(testing.permit, "us-a"), "query"), "IRPR-315.21-315.43")) == {"status"}

test_officer if ask(testing.citing(testing.changed(testing.by(testing.permit, "esdc-b"), "/date", "2026-03-25"), "IRPR-209.92")) == {"file", "status"}

test_service_delivery if {
	request := json.patch(meant_for(testing.citing(testing.by(testing.case, "town-a"), "DESDA-34.1"), "deliver"), [
		{"op": "add", "path": "/record_type", "value": "service"},
		{"op": "add", "path": "/elements", "value": ["step"]},
		{"op": "add", "path": "/agreement/schedule/clauses/0/record_type", "value": "service"},
	])
	parties := json.patch(testing.parties, [{"op": "add", "path": "/town-a/programs", "value": ["service-delivery"]}])
	pa_8_2_b.permits == {"step"} with input as request
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/authorities/DESDA-34/effective/until", "value": "2026-01-01"}])
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_custodian_is_not_federal if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/esdc-a/kind", "value": "other"}])
	pa_8_2_b.permits == set() with input as testing.case
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_customs_107_8 if ask(abroad) == {"date"}

abroad := testing.citing(meant_for(testing.by(testing.crossing, "state-a"), "border"), "CUST-107-8")

# Other grounds

reach(request) := result if {
	result := pa_8_2_b.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

report(ground, unit, purpose) := testing.on(ground, unit, purpose, testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

opens(request, provision) := ask(testing.released(request, [provision], ["summary", "entry", "benefit"]))

test_no_reach_under_an_agreement if reach(testing.case) == set()

test_reach_of_consent if reach(report("consent", "shelter-a", "shelter")) == {"entry"}

test_consent if ask(report("consent", "shelter-a", "shelter")) == {"entry"}

test_reach_of_own_information if reach(report("own-information", "cbsa-a", "answer")) == {"benefit", "entry"}

test_own_information if ask(report("own-information", "cbsa-a", "answer")) == {"benefit", "entry"}

test_reach_of_a_court if reach(report("court-order", "rcmp-a", "comply")) == {"benefit", "entry"}

test_court_privileged if opens(report("court-order", "rcmp-a", "comply"), "DESDA-40-exception") == {"benefit"}

test_court_customs if opens(report("court-order", "rcmp-a", "comply"), "CUST-107-5") == {"entry"}

test_reach_of_an_investigation if reach(report("investigative-request", "rcmp-a", "investigate")) == {"entry"}

prints := testing.on("investigative-request", "police-a", "investigate", testing.about("rcmp-a", "prints", ["alias"]))

test_a_match_is_in_reach_by_itself if reach(prints) == set()

test_match if ask(testing.released(prints, ["IRPR-13.11"], ["alias"])) == {"alias"}

test_reach_of_public_interest if reach(report("public-interest", "rcmp-a", "benefit")) == {"benefit", "entry"}

test_public_interest_privileged if opens(report("public-interest", "rcmp-a", "benefit"), "DESDA-37") == {"benefit"}

test_public_interest_customs if opens(report("public-interest", "rcmp-a", "benefit"), "CUST-107-6-9") == {"entry"}

test_reach_of_an_emergency if reach(report("emergency", "rcmp-a", "protect")) == {"benefit", "entry"}

test_emergency_customs if opens(report("emergency", "rcmp-a", "protect"), "CUST-107-3-4") == {"entry"}

test_reach_of_research if reach(report("research", "university-a", "study")) == {"benefit"}

test_research if opens(report("research", "university-a", "study"), "DESDA-38-39") == {"benefit"}

test_reach_of_a_member if reach(report("member-of-parliament", "member-a", "assist")) == {"benefit"}

test_member if opens(report("member-of-parliament", "member-a", "assist"), "DESDA-33-2") == {"benefit"}

test_reach_of_security if reach(report("national-security", "rcmp-a", "secure")) == {"entry"}

test_security if opens(report("national-security", "rcmp-a", "secure"), "SCIDA-5") == {"entry", "summary"}

test_nobody_released if ask(report("court-order", "rcmp-a", "comply")) == set()

privileged := testing.on("emergency", "rcmp-a", "protect", testing.about("esdc-a", "case", ["number"]))

test_provision_before_its_time if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/DESDA-37/effective/from", "value": "2026-06-02"}])
	request := testing.released(privileged, ["DESDA-37"], ["number"])
	pa_8_2_b.permits == set() with input as request
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	pa_8_2_b.reaches == set() with input as request
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	ask(request) == {"number"}
}

test_agreement_alone_does_not_count_elsewhere if ask(testing.changed(testing.case, "/ground", "emergency")) == set()
