package sharing.evidence_test

import data.sharing.evidence
import data.sharing.testing

asked := testing.on("consent", "shelter-a", "shelter", testing.about("cbsa-a", "report", ["summary", "entry"]))

lacks(request) := {reason.code | some reason in result} if {
	result := evidence.missing with input as request
}

but(path, value) := lacks(testing.changed(asked, path, value))

test_sound if lacks(asked) == set()

test_none if lacks(testing.changed(asked, "/evidence", null)) == {"evidence-missing"}

test_other_person if but("/evidence/subject", false) == {"evidence-other-person"}

test_audit_is_about_many if lacks(testing.changed(testing.changed(asked, "/ground", "audit"), "/evidence/subject", false)) == set()

test_other_custodian if but("/evidence/custodian", false) == {"evidence-other-custodian"}

test_other_recipient if but("/evidence/recipient", "ircc-a") == {"evidence-other-recipient"}

test_no_recipient if but("/evidence/recipient", null) == {"evidence-other-recipient"}

test_other_purpose if but("/evidence/purpose", "decide") == {"evidence-other-purpose"}

test_revoked if but("/evidence/revoked", true) == {"evidence-revoked"}

test_first_day if but("/evidence/from", "2026-06-01") == set()

test_not_yet if but("/evidence/from", "2026-06-02") == {"evidence-not-yet-valid"}

test_last_day if but("/evidence/until", "2026-06-02") == set()

test_expired if but("/evidence/until", "2026-06-01") == {"evidence-expired"}

test_out_of_scope if but("/evidence/elements", ["age"]) == {"evidence-out-of-scope"}

test_in_scope_in_part if but("/evidence/elements", ["age", "entry"]) == set()

covered(request) := result if {
	result := evidence.covered with input as request
}

test_covered if covered(asked) == {"entry", "summary"}

test_covered_beyond_what_was_asked if covered(testing.changed(asked, "/evidence/elements", ["age", "entry"])) == {"entry"}

aim_stated(ground, aim) if {
	evidence.aim_stated with input as testing.changed(testing.changed(asked, "/ground", ground), "/evidence/aim", aim)
}

test_aim if aim_stated("emergency", "life")

test_aim_of_another_ground if not aim_stated("emergency", "warrant")

test_no_aim if not aim_stated("emergency", null)

test_ground_without_aims if not aim_stated("consent", "life")

test_purpose_of_the_ground if codes(testing.on("emergency", "rcmp-a", "protect", testing.about("cbsa-a", "report", ["entry"]))) == set()

investigated := testing.on("emergency", "rcmp-a", "investigate", testing.about("cbsa-a", "report", ["entry"]))

test_purpose_of_another_ground if codes(investigated) == {"purpose-not-of-ground"}

test_any_purpose if codes(testing.on("consent", "shelter-a", "shelter", testing.about("cbsa-a", "report", ["entry"]))) == set()

test_without_evidence_only_that if codes(testing.changed(investigated, "/evidence", null)) == {"evidence-missing"}

codes(request) := {reason.code | some reason in result} if {
	result := evidence.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_evidence_is_told_with_the_provisions_of_its_ground_and_law if {
	provisions := evidence.provisions with input as testing.on("consent", "ircc-a", "protect", testing.about("cbsa-a", "report", ["summary"]))
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
	provisions == ["PA-8-1-consent", "PA-8-2-b"]
}
