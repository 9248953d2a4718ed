package sharing.authority.sec_cat_environment_test

import data.sharing.authority.sec_cat_environment
import data.sharing.testing

given(request, accredited) := result if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/ircc-a/accredited", "value": accredited}])
	result := sec_cat_environment.forbids with input as request
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

ask(accredited) := given(testing.case, accredited)

protected := {"helper", "name", "notes", "number", "reporter"}

standing := {"category": "protected-b", "from": "2020-01-01", "until": null}

test_accredited if ask(standing) == set()

test_accredited_for_more if ask(object.union(standing, {"category": "protected-c"})) == set()

test_accredited_for_less if ask(object.union(standing, {"category": "protected-a"})) == protected

test_not_accredited if ask(null) == protected

test_from_its_first_day if ask(object.union(standing, {"from": "2026-06-01"})) == set()

test_not_the_day_before if ask(object.union(standing, {"from": "2026-06-02"})) == protected

test_until_the_day_before_its_end if ask(object.union(standing, {"until": "2026-06-02"})) == set()

test_not_on_its_end if ask(object.union(standing, {"until": "2026-06-01"})) == protected

test_what_is_not_protected_goes if given(testing.finding, null) == set()

test_on_another_ground_it_is_not_asked if given(testing.changed(testing.case, "/ground", "emergency"), null) == set()
