package sharing.authority.irpr_209_997_test

import data.sharing.authority.irpr_209_997
import data.sharing.testing

ask(request) := result if {
	result := irpr_209_997.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_final if ask(testing.read(testing.finding, {"finding_status": "final"})) == {"employer", "penalty"}

test_warning if ask(testing.read(testing.finding, {"finding_status": "warning"})) == set()

test_before_the_record_is_read if ask(testing.finding) == {"employer", "penalty"}

test_unpublished if ask(testing.changed(testing.finding, "/elements", ["contact"])) == set()

reach(ground) := result if {
	result := irpr_209_997.reaches with input as testing.on(ground, "shelter-a", "shelter", testing.about("esdc-a", "finding", ["employer", "contact"]))
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_without_an_agreement if reach("published") == {"employer"}

test_on_another_ground if reach("consent") == set()
