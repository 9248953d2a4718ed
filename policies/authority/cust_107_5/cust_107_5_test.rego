package sharing.authority.cust_107_5_test

import data.sharing.authority.cust_107_5
import data.sharing.testing

ask(request) := result if {
	result := cust_107_5.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_listed_pair if ask(testing.crossing) == {"date"}

test_listed_pair_for_what_is_not_about_movement if ask(testing.changed(testing.crossing, "/elements", ["date", "goods"])) == {"date"}

test_travel_documents_whatever_it_is_about if ask(json.patch(testing.crossing, [
	{"op": "add", "path": "/elements", "value": ["date", "goods"]},
	{"op": "add", "path": "/purpose", "value": "travel-documents"},
])) == {"date", "goods"}

test_benefit if ask(testing.changed(testing.by(testing.crossing, "esdc-a"), "/purpose", "claims")) == {"date"}

test_other_law if ask(testing.changed(testing.crossing, "/purpose", "consistent")) == set()

test_esdc_not_listed if ask(testing.by(testing.crossing, "esdc-a")) == set()

# The ground part

reach(request) := result if {
	result := cust_107_5.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := cust_107_5.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("court-order", "rcmp-a", "comply", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

investigated := testing.on("investigative-request", "rcmp-a", "investigate", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

test_reach_of_a_court if reach(asked) == {"entry"}

test_reach_of_a_peace_officer if reach(investigated) == {"entry"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(testing.released(asked, ["CUST-107-5"], asked.elements)) == {"entry"}

test_nobody_released if ask(asked) == set()

test_nothing_missing if lacks(asked) == set()

test_nothing_missing_for_a_peace_officer if lacks(investigated) == set()

test_tribunal_is_no_court_of_record if lacks(testing.changed(asked, "/evidence/issuer", "tribunal")) == {"issuer-without-jurisdiction"}

test_tribunal_says_nothing_of_an_investigation if lacks(testing.changed(investigated, "/evidence/issuer", "tribunal")) == set()

abroad := testing.changed(asked, "/evidence/issuer", "foreign-court")

test_court_abroad if lacks(abroad) == {"issuer-without-jurisdiction"}

test_court_abroad_for_criminal_proceedings if lacks(testing.stating(abroad, "criminal-proceedings")) == set()

test_tribunal_for_criminal_proceedings if lacks(testing.stating(testing.changed(asked, "/evidence/issuer", "tribunal"), "criminal-proceedings")) == {"issuer-without-jurisdiction"}

test_no_instrument if lacks(testing.changed(asked, "/evidence/document", false)) == {"document-missing"}

test_paper_of_an_investigation_is_no_instrument if lacks(testing.changed(investigated, "/evidence/document", false)) == set()

test_attorney_general if lacks(testing.changed(investigated, "/recipient", "doj-a")) == set()

test_offence_not_indictable if lacks(testing.silent(investigated, "indictable-offence")) == {"offence-not-indictable"}

test_no_reasonable_grounds if lacks(testing.silent(investigated, "reasonable-grounds")) == {"reasonable-grounds-missing"}

test_used_in_no_investigation if lacks(testing.silent(investigated, "investigation")) == {"proceeding-not-identified"}

test_used_in_no_investigation_opens_nothing if ask(testing.released(testing.silent(investigated, "investigation"), ["CUST-107-5"], ["entry"])) == set()

test_a_court_identifies_no_investigation if lacks(testing.stating(asked, "purpose")) == set()

test_police_of_a_foreign_state if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/rcmp-a/kind", "value": "foreign-state"}])
	missing := cust_107_5.missing with input as investigated
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
	{reason.code | some reason in missing} == {"not-a-peace-officer"}
}

test_no_peace_officer if lacks(testing.changed(investigated, "/recipient", "ircc-a")) == {"not-a-peace-officer"}

test_a_court_asks_through_anyone if lacks(testing.changed(asked, "/recipient", "ircc-a")) == set()

test_no_description if lacks(testing.silent(investigated, "information-description")) == {"information-not-described"}

test_no_description_opens_nothing if ask(testing.released(testing.silent(investigated, "information-description"), ["CUST-107-5"], ["entry"])) == set()

test_agreement_on_another_ground if ask(testing.changed(testing.crossing, "/ground", "consent")) == set()

test_no_document if lacks(testing.changed(asked, "/evidence/document", false)) == {"document-missing"}

test_no_kind_of_instrument if lacks(testing.changed(asked, "/evidence/aim", null)) == {"instrument-not-stated"}

test_foreign_court if lacks(testing.changed(asked, "/evidence/issuer", "foreign-court")) == {"issuer-without-jurisdiction"}
