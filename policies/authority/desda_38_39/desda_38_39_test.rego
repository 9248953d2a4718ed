package sharing.authority.desda_38_39_test

import data.sharing.authority.desda_38_39
import data.sharing.testing

ask(request) := result if {
	result := desda_38_39.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

reach(request) := result if {
	result := desda_38_39.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := desda_38_39.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("research", "university-a", "study", testing.about("esdc-a", "case", ["number", "name"]))

released(names) := testing.released(asked, ["DESDA-38-39"], names)

test_reach if reach(asked) == {"name", "number"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(released(asked.elements)) == {"name", "number"}

test_nobody_released if ask(asked) == set()

test_released_under_another_provision if ask(testing.released(asked, ["PA-999"], asked.elements)) == set()

test_released_in_part if ask(released(["name"])) == {"name"}

test_nothing_missing if lacks(asked) == set()

test_no_undertaking if lacks(testing.silent(asked, "undertaking")) == {"undertaking-missing"}

test_less_was_not_rejected if lacks(testing.silent(asked, "non-identifiable-rejected")) == {"non-identifiable-not-rejected"}

test_in_no_public_interest if lacks(testing.silent(asked, "public-interest")) == {"research-principles-not-stated"}

test_results_without_a_word if lacks(testing.silent(asked, "results")) == {"research-principles-not-stated"}

test_results_without_a_word_open_nothing if ask(testing.released(testing.silent(asked, "results"), ["DESDA-38-39"], asked.elements)) == set()

test_no_aim if lacks(testing.changed(asked, "/evidence/aim", null)) == {"aim-not-stated"}

test_no_agreement_on_file if lacks(testing.changed(asked, "/evidence/document", false)) == {"document-missing"}

test_no_undertaking_opens_nothing if ask(testing.released(testing.silent(asked, "undertaking"), ["DESDA-38-39"], asked.elements)) == set()
