package sharing.authority.desda_34_2_test

import data.sharing.authority.desda_34_2
import data.sharing.testing

ask(request) := result if {
	result := desda_34_2.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := desda_34_2.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := desda_34_2.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("court-order", "rcmp-a", "comply", testing.about("esdc-a", "service", ["step"]))

test_reach if reach(asked) == {"step"}

test_other_ground if reach(testing.changed(asked, "/ground", "emergency")) == set()

test_other_program if reach(testing.on("court-order", "rcmp-a", "comply", testing.about("esdc-a", "case", ["number"]))) == set()

test_nothing_missing if lacks(asked) == set()

test_no_document if lacks(testing.changed(asked, "/evidence/document", false)) == {"document-missing"}

test_a_person_released if ask(testing.released(asked, ["DESDA-34.2"], ["step"])) == {"step"}

test_nobody_released if ask(asked) == set()

test_no_document_opens_nothing if ask(testing.released(testing.changed(asked, "/evidence/document", false), ["DESDA-34.2"], ["step"])) == set()
