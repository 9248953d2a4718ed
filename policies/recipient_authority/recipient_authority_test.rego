package sharing.recipient_authority_test

import data.sharing.recipient_authority
import data.sharing.testing

satisfied(request) if {
	recipient_authority.satisfied(request.agreement.schedule.clauses[0]) with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

cited(request, authorities) := testing.changed(request, "/agreement/schedule/clauses/0/recipient/authorities", authorities)

not_held(request) := result if {
	result := recipient_authority.not_held with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

on_ground(request) := result if {
	result := recipient_authority.on_ground with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

emergency(unit) := testing.on("emergency", unit, "protect", testing.about("provider-a", "client", ["milestone"]))

test_federal_recipient if on_ground(emergency("rcmp-a")) == {"PA-4", "PA-5"}

test_municipal_recipient if on_ground(emergency("police-a")) == {"MF-27-28", "MF-29"}

test_provincial_recipient if on_ground(emergency("province-a")) == {"FIPPA-38-39"}

test_provider_under_contract if on_ground(emergency("provider-a")) == {"CTR-SP"}

test_recipient_under_no_regime if on_ground(emergency("shelter-a")) == set()

test_a_representative_collects_nothing if on_ground(testing.changed(emergency("rcmp-a"), "/ground", "own-information")) == set()

test_they_hold if not_held(emergency("rcmp-a")) == set()

test_they_do_not_hold if not_held(emergency("doj-a")) == {"PA-4"}

test_satisfied if satisfied(testing.case)

test_provision_before_its_time if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/PA-4/effective/from", "value": "2026-06-02"}])
	not recipient_authority.satisfied(testing.case.agreement.schedule.clauses[0]) with input as testing.case
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_every_cited_provision_must_hold if not satisfied(cited(testing.case, ["PA-4", "FIPPA-38-39"]))

test_none_cited if not satisfied(cited(testing.case, []))

test_unknown_provision if not satisfied(cited(testing.case, ["PA-4", "PA-999"]))

test_regime_of_the_recipient_missing if not satisfied(cited(testing.case, ["IRPR-207.1"]))

test_other_program if not satisfied(testing.by(testing.case, "rcmp-a"))

test_no_regime_to_collect_under if not satisfied(testing.by(testing.case, "state-a"))

test_nothing_cited_under_no_regime if not satisfied(cited(testing.by(testing.case, "state-a"), []))

test_what_is_public_is_not_collected if on_ground(testing.changed(emergency("rcmp-a"), "/ground", "published")) == set()
