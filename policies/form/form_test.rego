package sharing.form_test

import data.sharing.form
import data.sharing.testing

asked := testing.on("own-information", "shelter-a", "answer", testing.about("esdc-a", "case", ["number"]))

lacks(request) := result if {
	result := form.own_information with input as request
		with data.register as testing.register
		with data.parties as testing.parties
}

nobody_represents(unit) := testing.changed(testing.silent(testing.silent(asked, "representative-authorised"), "representative"), "/recipient", unit)

test_authorised_representative if lacks(asked) == set()

test_the_person_at_the_institution if lacks(nobody_represents("esdc-b")) == set()

test_somebody_else_who_does_not_say_for_whom if lacks(nobody_represents("shelter-a")) == {"representative-not-authorised"}

test_representative_at_the_institution_without_authority if {
	lacks(testing.stating(nobody_represents("esdc-b"), "representative")) == {"representative-not-authorised"}
}
