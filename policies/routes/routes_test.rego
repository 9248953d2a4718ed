package sharing.routes_test

import data.sharing.routes
import data.sharing.testing

ask(request) := result if {
	result := routes.reasons with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

codes(reasons) := {reason.code | some reason in reasons}

without_conditions := {"route-court-order", "route-emergency", "route-public-interest"}

test_prescribed_institution if codes(ask(testing.by(testing.case, "rcmp-a"))) == {"route-agreed-conditions"} | without_conditions

test_unlisted_institution if codes(ask(testing.by(testing.case, "cbsa-a"))) == without_conditions

test_foreign_state if {"code": "route-agreed-conditions", "citations": ["DESDA-36"]} in ask(testing.by(testing.case, "state-a"))

test_shelter if {"code": "route-agreed-conditions", "citations": ["DESDA-36.2"]} in ask(testing.by(testing.case, "shelter-a"))

test_no_conditions_to_agree_elsewhere if not "route-agreed-conditions" in codes(ask(testing.by(testing.permit, "rcmp-a")))

test_no_conditions_with_a_province_elsewhere if not "route-agreed-conditions" in codes(ask(testing.by(testing.permit, "province-a")))

test_no_conditions_with_others_elsewhere if not "route-agreed-conditions" in codes(ask(testing.by(testing.permit, "shelter-a")))

test_other_regime if codes(ask(testing.permit)) == {"route-consent"} | without_conditions

test_listed_unit if {"code": "route-investigative-request", "citations": ["PA-8-2-e", "PA-SCHED-II"]} in ask(testing.by(testing.permit, "rcmp-a"))

test_listed_unit_that_is_no_police if "route-investigative-request" in codes(ask(testing.by(testing.permit, "cbsa-a")))

test_police_that_is_not_listed if not "route-investigative-request" in codes(ask(testing.by(testing.permit, "police-a")))

test_police_and_a_province if codes(ask(testing.by(testing.client, "police-a"))) == {"route-consent", "route-court-order", "route-emergency", "route-investigative-request"}

test_listed_unit_that_is_no_police_and_a_province if not "route-investigative-request" in codes(ask(testing.by(testing.client, "cbsa-a")))

test_no_route_by_written_request_to_privileged_records if not "route-investigative-request" in codes(ask(testing.by(testing.case, "rcmp-a")))

test_no_consent_for_a_record_about_no_person if not "route-consent" in codes(ask(testing.contact))

test_route_before_its_time if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/DESDA-37/effective/from", "value": "2026-06-02"}])
	reasons := routes.reasons with input as testing.by(testing.case, "cbsa-a")
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	codes(reasons) == {"route-court-order"}
}

test_no_conditions_to_agree_on_service_delivery[unit] if {
	some unit in ["rcmp-a", "province-a", "shelter-a"]
	not "route-agreed-conditions" in codes(ask(testing.changed(testing.by(testing.case, unit), "/record_type", "service")))
}

published(request) := result if {
	result := routes.published with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_published if codes(published(testing.finding)) == {"route-published"}

test_nothing_published_was_asked if published(testing.changed(testing.finding, "/elements", ["contact"])) == set()

test_published_before_its_time if {
	register := json.patch(testing.register, [{"op": "add", "path": "/authorities/IRPR-209.997/effective/from", "value": "2026-06-02"}])
	reasons := routes.published with input as testing.finding
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	reasons == set()
}
