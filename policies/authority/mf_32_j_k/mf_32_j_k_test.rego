package sharing.authority.mf_32_j_k_test

import data.sharing.authority.mf_32_j_k
import data.sharing.testing

ask(request) := result if {
	result := mf_32_j_k.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := mf_32_j_k.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := mf_32_j_k.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("oversight", "ipc-a", "oversee", testing.about("provider-a", "client", ["milestone", "notes"]))

test_reach if reach(asked) == {"milestone", "notes"}

test_other_ground if reach(testing.changed(asked, "/ground", "audit")) == set()

test_nothing_missing if lacks(asked) == set()

test_another_body if lacks(testing.changed(asked, "/recipient", "auditor-a")) == {"not-an-oversight-body"}

test_a_person_released if ask(testing.released(asked, ["MF-32-j-k"], asked.elements)) == {"milestone", "notes"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_nothing_goes_to_another_body if ask(testing.released(testing.changed(asked, "/recipient", "auditor-a"), ["MF-32-j-k"], asked.elements)) == set()
