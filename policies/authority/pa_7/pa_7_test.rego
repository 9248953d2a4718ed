package sharing.authority.pa_7_test

import data.sharing.authority.pa_7
import data.sharing.testing

ask(request) := result if {
	result := pa_7.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_one_institution if ask(testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "consistent")) == {"helper", "name", "notes", "number", "reporter"}

test_other_institution if ask(testing.changed(testing.case, "/purpose", "consistent")) == set()

test_inconsistent_use if ask(testing.by(testing.case, "esdc-b")) == set()

test_institution_is_not_federal if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/esdc-a/kind", "value": "other"}, {"op": "add", "path": "/esdc-b/kind", "value": "other"}])
	pa_7.permits == set() with input as testing.changed(testing.by(testing.case, "esdc-b"), "/purpose", "consistent")
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}
