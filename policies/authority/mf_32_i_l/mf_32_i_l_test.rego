package sharing.authority.mf_32_i_l_test

import data.sharing.authority.mf_32_i_l
import data.sharing.testing

ask(request) := result if {
	result := mf_32_i_l.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := mf_32_i_l.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := mf_32_i_l.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("audit", "auditor-a", "audit", testing.about("provider-a", "client", ["milestone", "notes"]))

released(names) := testing.released(asked, ["MF-32-i-l"], names)

test_reach if reach(asked) == {"milestone", "notes"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"milestone", "notes"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_released_in_part if ask(released(["milestone"])) == {"milestone"}

test_nothing_missing if lacks(asked) == set()

test_other_purpose if lacks(testing.changed(asked, "/purpose", "protect")) == {"purpose-not-audit"}

test_neither_canada_nor_ontario if lacks(testing.changed(asked, "/recipient", "city-a")) == {"not-an-audit-body"}

test_other_purpose_opens_nothing if ask(testing.released(testing.changed(asked, "/purpose", "protect"), ["MF-32-i-l"], asked.elements)) == set()

test_audit_of_the_province if lacks(testing.changed(asked, "/recipient", "province-a")) == set()

compassion := testing.stating(testing.on("emergency", "shelter-a", "protect", testing.about("provider-a", "client", ["milestone", "notes"])), "compassion")

test_compassion if reach(compassion) == {"milestone", "notes"}

test_compassion_needs_no_audit if lacks(compassion) == set()

test_emergency_without_compassion if reach(testing.silent(compassion, "compassion")) == set()

test_compassion_on_another_ground if reach(testing.changed(compassion, "/ground", "consent")) == set()
