package sharing.authority.pa_8_2_b_test

import data.sharing.authority.pa_8_2_b
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_b.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_desda_35 if ask(testing.case) == {"helper", "name", "notes", "number", "reporter"}

test_desda_36 if ask(testing.province) == {"number"}

test_desda_36_2 if ask(testing.changed(testing.by(testing.case, "shelter-a"), "/purpose", "decide")) == {"helper", "name", "notes", "number", "reporter"}

test_desda_34 if ask(testing.by(testing.case, "esdc-b")) == {"helper", "name", "notes", "number", "reporter"}

test_dci if ask(testing.permit) == {"file", "status"}

test_dci_alone if ask(testing.changed(testing.by(testing.permit, "province-a"), "/purpose", "inspect")) == {"status"}

test_dci_before_its_commencement if ask(testing.changed(testing.changed(testing.by(testing.permit, "province-a"), "/purpose", "inspect"), "/date", "2026-03-25")) == set()

test_dci_on_its_first_day if ask(testing.changed(testing.changed(testing.by(testing.permit, "province-a"), "/purpose", "inspect"), "/date", "2026-03-26")) == {"status"}

test_published if ask(testing.changed(testing.finding, "/agreement/schedule/advisability", null)) == {"employer", "penalty"}

test_customs_107_5 if ask(testing.crossing) == {"date"}

test_customs_107_4 if ask(testing.by(testing.crossing, "cbsa-b")) == {"date"}

test_provincial_law_does_not_count if ask(testing.ministry) == set()

inside_ircc := testing.changed(testing.by(testing.permit, "ircc-b"), "/purpose", "decide")

test_dci_5_4_on_its_first_day if ask(testing.changed(inside_ircc, "/date", "2026-03-26")) == {"file", "status"}

test_dci_5_4_before_its_commencement if ask(testing.changed(inside_ircc, "/date", "2026-03-25")) == set()

test_partner_country if ask(testing.changed(testing.by(testing.permit, "us-a"), "/purpose", "query")) == {"status"}

test_officer if ask(testing.changed(testing.by(testing.permit, "esdc-b"), "/date", "2026-03-25")) == {"file", "status"}

test_service_delivery if {
	request := json.patch(testing.by(testing.case, "town-a"), [
		{"op": "add", "path": "/record_type", "value": "service"},
		{"op": "add", "path": "/elements", "value": ["step"]},
		{"op": "add", "path": "/purpose", "value": "deliver"},
	])
	parties := json.patch(testing.parties, [{"op": "add", "path": "/town-a/programs", "value": ["service-delivery"]}])
	pa_8_2_b.permits == {"step"} with input as request
		with data.register as json.patch(testing.register, [{"op": "add", "path": "/authorities/DESDA-34/effective/until", "value": "2026-01-01"}])
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_custodian_is_not_federal if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/esdc-a/kind", "value": "other"}])
	pa_8_2_b.permits == set() with input as testing.case
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_customs_107_8 if ask(abroad) == {"date"}

abroad := testing.changed(testing.by(testing.crossing, "state-a"), "/purpose", "border")
