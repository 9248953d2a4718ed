package sharing.authority.desda_40_exception_test

import data.sharing.authority.desda_40_exception
import data.sharing.testing

ask(request) := result if {
	result := desda_40_exception.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := desda_40_exception.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := desda_40_exception.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("court-order", "rcmp-a", "comply", testing.about("esdc-a", "case", ["number", "name"]))

released(names) := testing.released(asked, ["DESDA-40-exception"], names)

test_reach if reach(asked) == {"name", "number"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"name", "number"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_released_in_part if ask(released(["name"])) == {"name"}

test_nothing_missing if lacks(asked) == set()

test_no_document if lacks(testing.changed(asked, "/evidence/document", false)) == {"document-missing"}

test_no_kind_of_instrument if lacks(testing.changed(asked, "/evidence/aim", null)) == {"instrument-not-stated"}

test_foreign_court if lacks(testing.changed(asked, "/evidence/issuer", "foreign-court")) == {"issuer-without-jurisdiction"}

test_no_document_opens_nothing if ask(testing.released(testing.changed(asked, "/evidence/document", false), ["DESDA-40-exception"], asked.elements)) == set()
