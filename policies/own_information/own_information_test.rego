package sharing.own_information_test

import data.sharing.own_information
import data.sharing.testing

ask(request) := result if {
	result := own_information with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

about(custodian, record_type, elements) := testing.on("own-information", custodian, "answer", testing.about(custodian, record_type, elements))

case := about("esdc-a", "case", ["number", "notes", "bogus"])

test_asked if ask(case).asked == {"notes", "number"}

test_other_ground if ask(testing.changed(case, "/ground", "consent")).asked == set()

test_record_about_no_person if ask(about("esdc-a", "finding", ["employer", "contact"])).asked == set()

test_reported_abuse_is_weighed if ask(case).weighed == {"notes"}

test_whatever_another_unit_asks_in_their_name_is_weighed if ask(testing.changed(case, "/recipient", "esdc-b")).weighed == {"notes", "number"}

test_enforcement_files_are_weighed if ask(about("cbsa-a", "file", ["stage", "seal"])).weighed == {"seal", "stage"}

test_cases_of_others_are_not if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/client/attributes/-", "value": "case_open"}])
	weighed := own_information.weighed with input as about("provider-a", "client", ["milestone"])
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
	weighed == set()
}

goes(request, id, name) if {
	own_information.goes(id, name) with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_goes_by_rule if goes(case, "DESDA-33", "number")

test_does_not_go_by_rule if not goes(case, "DESDA-33", "notes")

test_goes_when_released if goes(testing.released(case, ["DESDA-33"], ["notes"]), "DESDA-33", "notes")

test_what_a_representative_asks_is_weighed if ask(testing.stating(case, "representative")).weighed == {"notes", "number"}
