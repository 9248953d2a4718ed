package sharing.authority.fippa_38_39_test

import data.sharing.authority.fippa_38_39
import data.sharing.testing

ask(request) := result if {
	result := fippa_38_39.collects with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_own_activity if ask(testing.province)

test_other_activity if not ask(testing.changed(testing.province, "/purpose", "decide"))

test_federal if not ask(testing.case)

test_without_notice if {
	register := json.patch(testing.register, [{"op": "add", "path": "/purposes/inspect/notice", "value": ""}])
	not fippa_38_39.collects with input as testing.province
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

# From a federal institution to one of Ontario's, for a purpose that is no law enforcement.
service := testing.changed(testing.province, "/purpose", "counsel")

served(request) if {
	register := json.patch(testing.register, [{"op": "add", "path": "/purposes/counsel", "value": {"programs": ["labour"], "law": "Other", "kind": "service", "consistent_uses": [], "notice": "N-1", "administrative": true}}])
	fippa_38_39.collects with input as request
		with data.register as register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_federal_source_for_a_service if not served(service)

test_ontario_source_for_a_service if served(testing.changed(testing.ministry, "/purpose", "counsel"))

test_ground_that_allows_another_manner if served(testing.changed(service, "/ground", "consent"))

test_ground_that_does_not if not served(testing.changed(service, "/ground", "public-interest"))

# The province's own clause, in a schedule for the same purpose.
co_delivered(id) := testing.changed(testing.citing(service, id), "/agreement/schedule/purpose", "counsel")

test_an_act_that_names_provinces if served(co_delivered("DESDA-34.1"))

test_another_act if not served(co_delivered("DESDA-36"))

test_other_program if not served(testing.changed(testing.changed(testing.ministry, "/purpose", "counsel"), "/recipient", "police-a"))

test_ontario_source_for_a_city if not served(testing.changed(testing.changed(testing.ministry, "/purpose", "counsel"), "/recipient", "city-a"))

test_ontario_institution_of_another_program if not served(testing.changed(testing.changed(testing.ministry, "/purpose", "serve"), "/recipient", "province-a"))

test_labour_program_under_another_regime if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/province-a/regimes", "value": ["mfippa"]}])
	not fippa_38_39.collects with input as testing.province
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}
