package sharing.determination_test

import data.sharing.determination
import data.sharing.testing

asked := testing.on("emergency", "rcmp-a", "protect", testing.about("esdc-a", "case", ["number", "name"]))

decided := testing.released(asked, ["DESDA-37"], ["name"])

releases(request, id, name) if {
	determination.releases(id, name) with input as request
}

made(request) if {
	determination.made with input as request
}

test_made if made(decided)

test_not_made if not made(asked)

test_released if releases(decided, "DESDA-37", "name")

test_other_provision if not releases(decided, "PA-8-2-m", "name")

test_other_element if not releases(decided, "DESDA-37", "number")

test_nobody_decided if not releases(asked, "DESDA-37", "name")

test_form if {
	request := testing.changed(decided, "/determination/elements", [
		{"name": "number", "form": {"kind": "exists", "keep": null, "to": null}},
		{"name": "name", "form": {"kind": "mask", "keep": 2, "to": null}},
	])
	form := determination.form("name") with input as request
	form.kind == "mask"
}

source_agreed(request) if {
	determination.source_agreed with input as request
}

test_the_source_agreed if source_agreed(testing.released_as_agreed(asked, ["DESDA-37"], ["name"]))

test_the_source_was_not_asked if not source_agreed(decided)

test_nobody_says_that_the_source_agreed if not source_agreed(asked)

despite_banner(request) if {
	determination.despite_banner with input as request
		with data.register as testing.register
}

test_despite_the_banner if despite_banner(testing.released_despite_banner(asked, ["DESDA-37"], ["name"]))

test_without_knowing_of_the_banner if not despite_banner(decided)

test_no_person_weighs_the_banner_on_this_ground if not despite_banner(testing.changed(testing.released_despite_banner(asked, ["DESDA-37"], ["name"]), "/ground", "consent"))
