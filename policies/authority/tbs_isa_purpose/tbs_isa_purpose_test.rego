package sharing.authority.tbs_isa_purpose_test

import data.sharing.authority.tbs_isa_purpose
import data.sharing.testing

given(request, parties) := result if {
	result := tbs_isa_purpose.obliges with input as request
		with data.register as testing.register
		with data.parties as parties
		with data.catalogue as testing.catalogue
}

ask(request) := given(request, testing.parties)

elsewhere := testing.changed(testing.case, "/purpose", "enforce")

all_of_it := {name | some name in testing.case.elements}

test_other_purpose if ask(elsewhere) == all_of_it

test_list if ask(testing.changed(testing.case, "/cardinality", "list")) == all_of_it

test_as_agreed if ask(testing.case) == set()

test_no_clause if ask(testing.changed(testing.case, "/agreement/schedule/clauses", [])) == set()

test_other_ground if ask(testing.changed(elsewhere, "/ground", "consent")) == set()

test_expired if ask(testing.changed(elsewhere, "/agreement/term/expiry", "2026-06-01")) == set()

test_no_party if ask(testing.changed(elsewhere, "/agreement/parties", ["esdc-a"])) == set()

test_custodian_is_not_federal if {
	given(elsewhere, json.patch(testing.parties, [{"op": "add", "path": "/esdc-a/kind", "value": "province"}])) == set()
}
