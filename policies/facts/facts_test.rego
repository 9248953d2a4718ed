package sharing.facts_test

import data.sharing.facts
import data.sharing.testing

ask(request) := result if {
	result := facts with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_all_of_a_person_is_personal if ask(testing.case).personal == {"helper", "name", "notes", "number", "reporter"}

test_business_is_not if ask(testing.finding).impersonal == {"employer", "penalty"}

employer(record) := result if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/finding/elements/employer/personal_if", "value": "individual"}])
	result := facts.personal with input as object.union(testing.finding, {"record": record})
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_an_individual_is_a_person if employer({"attributes": {"individual": true}}) == {"employer"}

test_who_may_be_an_individual_is_a_person if {
	employer({"attributes": {"individual": null}}) == {"employer"}
	employer({"attributes": {}}) == {"employer"}
}

test_a_company_is_no_person if employer({"attributes": {"individual": false}}) == set()

test_an_employer_before_the_fetch if employer(null) == set()

test_both_regimes_govern if {
	ask(testing.case).governed.desda == {"helper", "name", "notes", "number", "reporter"}
	ask(testing.case).governed["privacy-act"] == {"helper", "name", "notes", "number", "reporter"}
}

test_custodian_must_hold_the_type if not ask(testing.changed(testing.case, "/custodian", "esdc-b")).record_type

test_unknown_elements_are_no_facts if not ask(testing.case).elements.bogus

test_requires if {
	regimes := facts.requires("name") with input as testing.case
		with data.register as testing.register
		with data.catalogue as testing.catalogue
	regimes == ["desda", "privacy-act"]
}

test_regime_that_requires_nothing_holds_back if {
	not facts.requires("name") with input as testing.case
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/regimes/desda/requires", "value": []}])
		with data.catalogue as testing.catalogue
}

advisable(decision, date) if {
	facts.advisable with input as testing.changed(testing.case, "/agreement/schedule/advisability", {"decision": decision, "date": date})
}

test_advisable_from_that_day if advisable("ADV-1", "2026-06-01")

test_not_advisable_before if not advisable("ADV-1", "2026-06-02")

test_no_decision if not advisable("", "2026-06-01")

test_null_is_no_decision if not advisable(null, "2026-06-01")

test_only_ontario if {
	facts.under_ontario_law with input as testing.client
		with data.register as testing.register
		with data.catalogue as testing.catalogue
	not facts.under_ontario_law with input as testing.case
		with data.register as testing.register
		with data.catalogue as testing.catalogue
}

engaging(contract) := result if {
	result := facts.engaging with input as testing.by(testing.case, "provider-a")
		with data.register as testing.register
		with data.parties as json.patch(testing.parties, [{"op": "add", "path": "/provider-a/engaged_by", "value": [contract]}])
		with data.catalogue as testing.catalogue
}

test_a_contract_from_its_first_day if engaging({"organization": "city", "from": "2026-06-01", "until": null}) == {"city"}

test_a_contract_before_its_first_day if engaging({"organization": "city", "from": "2026-06-02", "until": null}) == set()

test_a_contract_on_its_last_day if engaging({"organization": "city", "from": "2024-04-01", "until": "2026-06-02"}) == {"city"}

test_a_contract_that_ended if engaging({"organization": "city", "from": "2024-04-01", "until": "2026-06-01"}) == set()
