package sharing.authority.pa_8_2_c_test

import data.sharing.authority.pa_8_2_c
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_c.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := pa_8_2_c.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := pa_8_2_c.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("court-order", "rcmp-a", "comply", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

released(names) := testing.released(asked, ["PA-8-2-c"], names)

test_reach if reach(asked) == {"summary"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"summary"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_nothing_missing if lacks(asked) == set()

test_no_document if lacks(testing.changed(asked, "/evidence/document", false)) == {"document-missing"}

test_no_kind_of_instrument if lacks(testing.changed(asked, "/evidence/aim", null)) == {"instrument-not-stated"}

test_foreign_court if lacks(testing.changed(asked, "/evidence/issuer", "foreign-court")) == {"issuer-without-jurisdiction"}

test_no_document_opens_nothing if ask(testing.released(testing.changed(asked, "/evidence/document", false), ["PA-8-2-c"], asked.elements)) == set()

visit := testing.on("court-order", "rcmp-a", "comply", testing.about("esdc-a", "service", ["step"]))

test_service_delivery if reach(visit) == {"step"}

test_service_delivery_on_another_ground if reach(testing.changed(visit, "/ground", "emergency")) == set()

test_customs_element_of_a_counter if reach(testing.on("court-order", "rcmp-a", "comply", testing.about("cbsa-a", "counter", ["entry", "step"]))) == {"step"}
