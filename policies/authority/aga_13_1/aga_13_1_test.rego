package sharing.authority.aga_13_1_test

import data.sharing.authority.aga_13_1
import data.sharing.testing

ask(request) := result if {
	result := aga_13_1.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := aga_13_1.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := aga_13_1.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("audit", "auditor-a", "audit", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

released(request) := testing.released(request, ["AGA-13-1"], asked.elements)

test_every_act_of_parliament if reach(asked) == {"summary", "entry", "benefit"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_record_of_a_province if {
	reach(testing.on("audit", "auditor-a", "audit", testing.about("provider-a", "client", ["milestone"]))) == set()
}

test_nothing_missing if lacks(asked) == set()

test_another_body if reach(testing.changed(asked, "/recipient", "commissioner-a")) == set()

test_another_purpose_opens_nothing if ask(released(testing.changed(asked, "/purpose", "protect"))) == set()

test_a_person_released if ask(released(asked)) == {"summary", "entry", "benefit"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_nothing_goes_to_another_body if ask(released(testing.changed(asked, "/recipient", "commissioner-a"))) == set()

test_other_purpose if lacks(testing.changed(asked, "/purpose", "protect")) == {"purpose-not-audit"}
