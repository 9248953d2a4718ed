package sharing.authority.pa_8_2_f_test

import data.sharing.authority.pa_8_2_f
import data.sharing.testing

ask(request) := result if {
	result := pa_8_2_f.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_province if ask(testing.province) == {"number"}

test_municipality_is_not_the_province if ask(testing.by(testing.province, "city-a")) == set()

test_service_purpose if ask(testing.changed(testing.province, "/purpose", "consistent")) == set()

test_expired if ask(testing.changed(testing.province, "/agreement/term/expiry", "2026-06-01")) == set()

test_custodian_is_not_federal if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/esdc-a/kind", "value": "other"}])
	pa_8_2_f.permits == set() with input as testing.province
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

of_kind(kind) := result if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/province-a/kind", "value": kind}])
	result := pa_8_2_f.permits with input as testing.province
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

test_foreign_state if of_kind("foreign-state") == {"number"}

test_international_organization if of_kind("international-organization") == {"number"}

test_first_nation_government if of_kind("first-nation-government") == {"number"}

test_any_other_body if of_kind("other") == set()

test_lawful_investigation if ask(testing.changed(testing.province, "/purpose", "war-crimes")) == {"number"}
