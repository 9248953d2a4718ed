package sharing.authority.irpr_209_95_209_996_test

import data.sharing.authority.irpr_209_95_209_996
import data.sharing.testing

ask(request) := result if {
	result := irpr_209_95_209_996.forbids with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_final if ask(testing.read(testing.finding, {"finding_status": "final"})) == set()

test_preliminary if ask(testing.read(testing.finding, {"finding_status": "preliminary"})) == {"employer", "penalty"}

test_unknown if ask(testing.read(testing.finding, {"finding_status": null})) == {"employer", "penalty"}

test_before_the_record_is_read if ask(testing.finding) == set()

test_only_findings if ask(testing.changed(testing.read(testing.finding, {"finding_status": "preliminary"}), "/elements", ["contact"])) == set()

test_record_type_without_a_status if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/finding/attributes", "value": []}])
	irpr_209_95_209_996.forbids == set() with input as testing.read(testing.finding, {})
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}
