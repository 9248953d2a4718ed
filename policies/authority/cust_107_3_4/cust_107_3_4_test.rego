package sharing.authority.cust_107_3_4_test

import data.sharing.authority.cust_107_3_4
import data.sharing.testing

ask(request) := result if {
	result := cust_107_3_4.permits with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_official_of_the_agency if ask(testing.by(testing.crossing, "cbsa-b")) == {"date"}

test_other_institution if ask(testing.crossing) == set()

test_other_law if ask(testing.changed(testing.by(testing.crossing, "cbsa-b"), "/purpose", "consistent")) == set()

# The ground part

reach(request) := result if {
	result := cust_107_3_4.reaches with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

lacks(request) := {reason.code | some reason in result} if {
	result := cust_107_3_4.missing with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("emergency", "rcmp-a", "protect", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

secured := testing.on("national-security", "rcmp-a", "secure", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

test_reach_in_an_emergency if reach(asked) == {"entry"}

test_reach_for_security if reach(secured) == {"entry"}

test_other_ground if reach(testing.changed(asked, "/ground", "consent")) == set()

test_a_person_released if ask(testing.released(asked, ["CUST-107-3-4"], asked.elements)) == {"entry"}

test_nobody_released if ask(asked) == set()

test_nothing_missing if lacks(asked) == set()

test_nothing_missing_for_security if lacks(secured) == set()

test_no_danger if lacks(testing.changed(asked, "/evidence/aim", null)) == {"danger-not-stated"}

test_no_danger_opens_nothing if ask(testing.released(testing.changed(asked, "/evidence/aim", null), ["CUST-107-3-4"], ["entry"])) == set()

test_no_basis if lacks(testing.silent(secured, "security-basis")) == {"security-basis-missing"}

test_agreement_on_another_ground if ask(testing.changed(testing.by(testing.crossing, "cbsa-b"), "/ground", "consent")) == set()

test_official_of_another_agency if {
	catalogue := json.patch(testing.catalogue, [{"op": "add", "path": "/permit/elements/status/regime", "value": "customs"}])
	request := testing.changed(testing.by(testing.permit, "ircc-b"), "/purpose", "decide")
	cust_107_3_4.permits == set() with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as catalogue
}
