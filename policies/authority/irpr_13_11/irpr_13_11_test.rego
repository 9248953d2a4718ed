package sharing.authority.irpr_13_11_test

import data.sharing.authority.irpr_13_11
import data.sharing.testing

ask(request) := result if {
	result := irpr_13_11.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := irpr_13_11.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := irpr_13_11.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("investigative-request", "police-a", "investigate", testing.about("rcmp-a", "prints", ["alias", "lead"]))

released(names) := testing.released(asked, ["IRPR-13.11"], names)

test_reach if reach(asked) == {"alias"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"alias"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_nothing_missing if lacks(asked) == set()

test_no_match if lacks(testing.silent(asked, "fingerprint-match")) == {"fingerprint-match-missing"}

test_no_police if lacks(testing.changed(asked, "/recipient", "city-a")) == {"not-a-law-enforcement-agency"}

test_no_police_in_canada if {
	parties := json.patch(testing.parties, [{"op": "add", "path": "/police-a/kind", "value": "foreign-state"}])
	missing := irpr_13_11.missing with input as asked
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
	{reason.code | some reason in missing} == {"not-a-law-enforcement-agency"}
}

unsaid := testing.silent(asked, "identify-for-offence")

test_for_no_identification if lacks(unsaid) == {"identification-not-stated"}

test_for_no_identification_opens_nothing if ask(testing.released(unsaid, ["IRPR-13.11"], asked.elements)) == set()

test_of_one_who_cannot_say if lacks(testing.stating(unsaid, "identify-incapable-or-dead")) == set()

test_no_match_opens_nothing if ask(testing.released(testing.silent(asked, "fingerprint-match"), ["IRPR-13.11"], asked.elements)) == set()

test_held_by_another if reach(testing.on("investigative-request", "police-a", "investigate", testing.about("cbsa-a", "report", ["name"]))) == set()

test_other_act if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/prints/elements/alias/regime", "value": "customs"}])
	irpr_13_11.reaches == set() with input as asked
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}

test_held_by_another_under_the_same_name if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/permit/elements/alias", "value": {"sensitivity": "ID", "regime": "privacy-act"}}])
	irpr_13_11.reaches == set() with input as testing.on("investigative-request", "police-a", "investigate", testing.about("ircc-a", "permit", ["alias"]))
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}
