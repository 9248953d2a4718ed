package sharing.form_test

import data.sharing.form
import data.sharing.testing

asked := testing.on("own-information", "esdc-a", "answer", testing.about("esdc-a", "case", ["number"]))

lacks(request) := result if {
	result := form.own_information with input as request
		with data.register as testing.register
		with data.parties as testing.parties
}

nobody_represents(unit) := testing.changed(asked, "/recipient", unit)

representing(codes) := json.patch(asked, [
	{"op": "add", "path": "/recipient", "value": "shelter-a"},
	{"op": "add", "path": "/evidence/stated", "value": array.concat(asked.evidence.stated, array.concat(["representative", "representative-authorised"], codes))},
])

test_authorised_representative if lacks(representing(["representative-written-authority"])) == set()

test_parent_of_a_minor if lacks(representing(["representative-parent-or-guardian", "acts-for-minor"])) == set()

test_parent_of_a_child if lacks(representing(["representative-parent-or-guardian", "acts-for-child-under-16"])) == set()

test_guardian_of_an_adult if lacks(representing(["representative-parent-or-guardian", "acts-for-incapable-adult"])) == set()

test_parent_of_nobody if lacks(representing(["representative-parent-or-guardian"])) == {"representation-not-stated"}

test_attorney_for_an_adult if lacks(representing(["representative-attorney", "acts-for-incapable-adult"])) == set()

test_attorney_for_a_minor if lacks(representing(["representative-attorney", "acts-for-minor"])) == {"representation-not-stated"}

test_attorney_for_nobody if lacks(representing(["representative-attorney"])) == {"representation-not-stated"}

test_estate if lacks(representing(["representative-estate", "estate-administration"])) == set()

test_estate_for_another_matter if lacks(representing(["representative-estate"])) == {"estate-matter-missing"}

test_the_person_at_the_unit if lacks(nobody_represents("esdc-a")) == set()

test_another_unit_of_the_institution if lacks(nobody_represents("esdc-b")) == {"representative-not-authorised"}

test_somebody_else_who_does_not_say_for_whom if lacks(nobody_represents("shelter-a")) == {"representative-not-authorised"}

test_representative_at_the_unit_without_authority if {
	lacks(testing.stating(nobody_represents("esdc-a"), "representative")) == {"representative-not-authorised"}
}

aids(unit, date) if {
	form.aids_an_investigation("fippa") with input as testing.changed(testing.changed(asked, "/recipient", unit), "/date", date)
		with data.register as testing.register
		with data.parties as testing.parties
}

test_police_aids if aids("police-a", "2026-06-01")

test_police_outside_ontario_aids if {
	form.aids_an_investigation("fippa") with input as testing.changed(asked, "/recipient", "police-a")
		with data.register as testing.register
		with data.parties as json.patch(testing.parties, [{"op": "add", "path": "/police-a/regimes", "value": ["none"]}])
}

test_listed_body_aids if aids("cbsa-a", "2026-06-01")

test_body_no_longer_listed_does_not if not aids("cbsa-b", "2026-06-01")

test_body_while_it_was_listed_did if aids("cbsa-b", "2022-12-31")

test_other_role_does_not if not aids("nation-a", "2026-06-01")

test_institution_of_ontario_aids if aids("province-a", "2026-06-01")

test_institution_under_another_act_does_not if not aids("city-a", "2026-06-01")

test_police_of_a_foreign_state_does_not if {
	not form.aids_an_investigation("fippa") with input as testing.changed(asked, "/recipient", "police-a")
		with data.register as testing.register
		with data.parties as json.patch(testing.parties, [{"op": "add", "path": "/police-a/kind", "value": "foreign-state"}])
}

may(code) if {
	form.investigates_or_may with input as testing.stating(asked, code)
}

test_an_investigation_is_identified if may("investigation")

test_an_offence_is_believed_possible if may("offence-believed")

test_neither_investigation_nor_offence if not may("purpose")

test_federal_program_branch_does_not if not aids("esdc-b", "2026-06-01")

test_shelter_does_not if not aids("shelter-a", "2026-06-01")

claims(code) if {
	form.access_exception with input as testing.stating(asked, code)
}

test_access_with_consent if claims("person-consents")

test_access_that_safety_compels if claims("compelling-circumstances")

test_access_in_the_public_interest if claims("public-interest")

test_access_without_an_exception if not claims("harm")
