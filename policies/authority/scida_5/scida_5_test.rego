package sharing.authority.scida_5_test

import data.sharing.authority.scida_5
import data.sharing.testing

ask(request) := result if {
	result := scida_5.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := scida_5.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := scida_5.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("national-security", "rcmp-a", "secure", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

released(names) := testing.released(asked, ["SCIDA-5"], names)

test_reach if reach(asked) == {"entry", "summary"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"entry", "summary"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_released_in_part if ask(released(["entry"])) == {"entry"}

test_nothing_missing if lacks(asked) == set()

test_no_basis if lacks(testing.silent(asked, "security-basis")) == {"security-basis-missing"}

test_no_statement_on_accuracy if lacks(testing.silent(asked, "accuracy-statement")) == {"accuracy-statement-missing"}

test_unlisted_institution if lacks(testing.changed(asked, "/recipient", "doj-a")) == {"not-a-security-institution"}

test_no_basis_opens_nothing if ask(testing.released(testing.silent(asked, "security-basis"), ["SCIDA-5"], asked.elements)) == set()
