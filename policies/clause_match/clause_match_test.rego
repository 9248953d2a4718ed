package sharing.clause_match_test

import data.sharing.clause_match
import data.sharing.testing

ask(request) := result if {
	result := clause_match.reasons with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

codes(reasons) := {reason.code | some reason in reasons}

test_matches if ask(testing.case) == set()

test_purpose_not_covered if codes(ask(testing.changed(testing.case, "/agreement/schedule", null))) == {"purpose-not-covered"}

test_schedule_of_another_purpose if codes(ask(testing.changed(testing.case, "/purpose", "consistent"))) == {"purpose-not-covered"}

test_other_record_type if codes(ask(testing.changed(testing.case, "/record_type", "finding"))) == {"no-clause"}

test_other_custodian if codes(ask(testing.changed(testing.case, "/custodian", "esdc-b"))) == {"no-clause"}

test_other_recipient if codes(ask(testing.changed(testing.case, "/recipient", "rcmp-a"))) == {"no-clause"}

test_list_not_granted if codes(ask(testing.changed(testing.case, "/cardinality", "list"))) == {"list-not-granted"}

test_list_of_business if ask(testing.changed(testing.finding, "/cardinality", "list")) == set()

test_list_with_a_name if codes(ask(testing.changed(testing.changed(testing.finding, "/cardinality", "list"), "/elements", ["employer", "contact"]))) == {"list-not-granted"}

test_list_of_persons_needs_a_reason if codes(ask(testing.changed(testing.changed(testing.case, "/cardinality", "list"), "/agreement/schedule/clauses/0/cardinality", ["list"]))) == {"list-not-granted"}

test_list_of_persons_with_reason if ask(testing.changed(testing.changed(testing.changed(testing.case, "/cardinality", "list"), "/agreement/schedule/clauses/0/cardinality", ["list"]), "/agreement/schedule/clauses/0/personal_list", {"reason": "recall"})) == set()

test_single_not_granted if codes(ask(testing.changed(testing.finding, "/agreement/schedule/clauses/0/cardinality", ["list"]))) == {"single-not-granted"}

test_clause_of_another_custodian if codes(ask(testing.changed(testing.case, "/agreement/schedule/clauses/0/discloser/unit", "esdc-b"))) == {"no-clause"}

matched(request) := result if {
	result := clause_match.matched with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

test_matched if object.keys(matched(testing.case)) == {"c1"}

test_not_for_another_purpose if matched(testing.changed(testing.case, "/purpose", "consistent")) == {}

unknown_purpose := testing.changed(testing.changed(testing.case, "/purpose", "tourism"), "/agreement/schedule/purpose", "tourism")

test_not_for_an_unknown_purpose if matched(unknown_purpose) == {}

unknown_type := testing.changed(testing.changed(testing.case, "/record_type", "weather"), "/agreement/schedule/clauses/0/record_type", "weather")

test_not_for_an_unknown_record_type if matched(unknown_type) == {}

listed(elements) := json.patch(testing.case, [
	{"op": "add", "path": "/cardinality", "value": "list"},
	{"op": "add", "path": "/elements", "value": elements},
	{"op": "add", "path": "/agreement/schedule/clauses/0/cardinality", "value": ["list"]},
])

test_no_list_about_people_whatever_is_asked if matched(listed(["bogus"])) == {}

test_no_clause_without_an_agreement if ask(testing.changed(testing.case, "/agreement", null)) == set()

test_list_of_business_without_a_clause if codes(ask(testing.changed(testing.changed(testing.finding, "/cardinality", "list"), "/recipient", "rcmp-a"))) == {"no-clause"}

because_of(value) := testing.changed(testing.changed(testing.changed(testing.case, "/cardinality", "list"), "/agreement/schedule/clauses/0/cardinality", ["list"]), "/agreement/schedule/clauses/0/personal_list", value)

test_list_with_an_empty_reason if codes(ask(because_of({"reason": ""}))) == {"list-not-granted"}

test_list_with_no_reason_at_all if codes(ask(because_of({"reason": null}))) == {"list-not-granted"}
