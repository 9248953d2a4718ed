"""The main use case over simulated ports: what leaves, what is put on record, and what happens when a part fails."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from audit import canonical
from audit.note_key import SignerKey
from audit.receipt import Receipt as RecipientReceipt
from audit.receipt import open_receipt
from gateway.domain.actor import Actor
from gateway.domain.decision import Decision, Deny, Indeterminate, Obligation, Permit, Reason, Refer
from gateway.domain.element import Form, FormKind
from gateway.domain.errors import DependencyError, InvariantError, LogUnavailableError
from gateway.domain.evidence_form import EvidenceForm
from gateway.domain.ground import Ground
from gateway.domain.submission import Receipt, StateChange, Submission
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.service.disclosure.answer import Answer, Disclosed, KeyReused, Malformed, Refused, Replayed
from gateway.service.log.staff_action import staff_submission
from gateway.service.ports import DecisionQuery
from tests.simulator import AGREEMENT, NOW, REVISION, World, permit, world

RECORD = {
    "uci": "0000-0001",
    "name": "Ana Canary",
    "notes": "cnry-notes",
    "region": "ON",
    "status": "open",
    "do_not_disclose": False,
}
PROTECTED = {**RECORD, "uci": "0000-0002", "do_not_disclose": True}


def protecting(query: DecisionQuery) -> Decision:
    """Permits, except a record that must not be disclosed."""
    if query.record_attributes is not None and dict(query.record_attributes)["do_not_disclose"]:
        return Deny((Reason("record-protected"),), REVISION)
    return permit(query)


def ask(place: World, **changes: object) -> Answer:
    return asyncio.run(place.disclose(place.request(**changes)))


def test_a_permit_discloses_what_was_asked_and_nothing_else() -> None:
    place = world([RECORD])
    answer = ask(place)
    assert isinstance(answer, Disclosed)
    assert answer.records == ({"status": "open", "notes": "cnry-notes"},)
    assert {"name", "region"}.isdisjoint(place.source.read[0])


def test_the_entry_is_durable_before_the_answer_and_its_commitments_open() -> None:
    place = world([RECORD])
    answer = ask(place)
    assert isinstance(answer, Disclosed)
    submission = place.log.submissions[answer.receipt.entry_index]
    assert submission.entry.kind == "disclosure"
    assert submission.entry.authorities.discloser == ("DESDA-35",)
    receipt = RecipientReceipt(answer.receipt.entry, answer.receipt.entry_index, answer.openings)
    opened = open_receipt(receipt, list(answer.records), SignerKey.generate("log.example").verifier)
    assert not opened.proven


def test_no_entry_no_private_value_in_it() -> None:
    place = world([RECORD])
    ask(place)
    entry = place.log.submissions[0].entry.to_bytes().decode()
    for canary in ("0000-0001", "Canary", "cnry", "W000000001", "open"):
        assert canary not in entry
    assert place.log.private()["subject"] == {"scheme": "uci", "value": "0000-0001"}


def test_absent_and_protected_are_the_same_to_the_caller_and_told_apart_in_private() -> None:
    place = world([RECORD, PROTECTED], protecting)
    protected = ask(place, target=SubjectIdentifier("uci", "0000-0002"))
    absent = ask(place, target=SubjectIdentifier("uci", "0000-0009"))
    assert isinstance(protected, Refused)
    assert isinstance(absent, Refused)
    assert protected.decision == absent.decision
    first, second = (json.loads(s.entry.to_bytes()) for s in place.log.submissions)
    for entry in (first, second):
        entry.pop("private")
    assert first == second
    assert [place.log.private(i)["outcome"] for i in (0, 1)] == ["protected", "absent"]


def test_a_protected_record_is_left_out_of_a_page_without_a_trace() -> None:
    place = world([RECORD, PROTECTED], protecting)
    answer = ask(place, target=ListQuery({"region": "ON"}, 10, None))
    assert isinstance(answer, Disclosed)
    assert len(answer.records) == 1
    subjects = [part.subjects for part in place.log.submissions[0].private]
    assert subjects == [(), (SubjectIdentifier("uci", "0000-0001"),)]


def test_an_existence_answer_says_yes_or_no_and_a_protected_record_is_no() -> None:
    forms = {"status": Form(FormKind.EXISTS)}

    def rule(query: DecisionQuery) -> Decision:
        decided = protecting(query)
        return permit(query, forms) if isinstance(decided, Permit) else decided

    place = world([RECORD, PROTECTED], rule)
    said = []
    for uci in ("0000-0001", "0000-0002", "0000-0009"):
        answer = ask(place, elements=("status",), target=SubjectIdentifier("uci", uci))
        assert isinstance(answer, Disclosed)
        said.append(answer.records[0]["status"])
    assert said == [{"exists": yes, "as_of": "2026-11-22"} for yes in (True, False, False)]
    assert [place.log.private(i)["outcome"] for i in range(3)] == ["exists", "protected", "absent"]


def test_a_count_is_suppressed_and_rounded() -> None:
    place = world([RECORD] * 13, lambda query: permit(query, {"status": Form(FormKind.COUNT)}))
    answer = ask(place, elements=("status",), target=ListQuery({"region": "ON"}, 10, None))
    assert isinstance(answer, Disclosed)
    assert answer.records == ({"status": {"count": 15, "suppressed": False}},)


def test_an_existence_answer_beside_values_is_withheld_with_a_reason() -> None:
    """No record is told by it, so that it does not leave; nothing asked for goes unmentioned."""
    place = world(
        [RECORD], lambda query: permit(query, {"status": Form(FormKind.PLAIN), "notes": Form(FormKind.EXISTS)})
    )
    answer = ask(place)
    assert isinstance(answer, Disclosed)
    assert answer.records == ({"status": RECORD["status"]},)
    assert [(item.element, item.reason) for item in answer.permit.withheld] == [("notes", "form-not-applicable")]
    assert [item.element for item in place.log.submissions[0].entry.withheld] == ["notes"]


def test_a_count_beside_an_existence_answer_is_withheld_with_a_reason() -> None:
    forms = {"status": Form(FormKind.EXISTS), "notes": Form(FormKind.COUNT)}
    place = world([RECORD], lambda query: permit(query, forms))
    answer = ask(place)
    assert isinstance(answer, Disclosed)
    assert [list(record) for record in answer.records] == [["status"]]
    assert [(item.element, item.reason) for item in answer.permit.withheld] == [("notes", "form-not-applicable")]
    assert [item.element for item in place.log.submissions[0].entry.disclosed] == ["status"]


def test_an_element_that_does_not_fit_its_type_is_withheld_with_a_reason() -> None:
    place = world([{**RECORD, "status": 5}])
    answer = ask(place)
    assert isinstance(answer, Disclosed)
    assert answer.records == ({"notes": "cnry-notes"},)
    assert [(item.element, item.reason) for item in answer.permit.withheld] == [("status", "value-does-not-fit")]


@pytest.mark.parametrize("part", ["engine", "source", "log"])
def test_a_failing_part_discloses_nothing_and_writes_nothing(part: str) -> None:
    place = world([RECORD])
    getattr(place, part).fail_next = True
    with pytest.raises(DependencyError):
        ask(place)
    assert place.log.submissions == []


def test_an_indeterminate_decision_is_a_denial_counted_apart() -> None:
    place = world([RECORD], lambda _query: Indeterminate((Reason("policy-not-evaluated"),), REVISION))
    answer = ask(place)
    assert isinstance(answer, Refused)
    entry = place.log.submissions[0].entry
    assert (entry.kind, entry.effect) == ("denial", "indeterminate")


def test_a_permit_without_an_agreement_is_none() -> None:
    place = world([RECORD])
    answer = ask(place, agreement=None)
    assert isinstance(answer, Refused)
    assert place.log.submissions[0].entry.effect == "indeterminate"
    assert place.source.read == []


@pytest.mark.parametrize(
    ("changes", "code", "member"),
    [
        ({"agreement": "isa-9"}, "unknown-agreement", "agreement"),
        ({"record_type": "secret"}, "unknown-record-type", "record_type"),
        ({"purpose": "curiosity"}, "unknown-purpose", "purpose"),
        ({"elements": ("status", "shoe_size")}, "unknown-element", "elements[1]"),
        ({"target": SubjectIdentifier("sin", "000000000")}, "unknown-identifier-scheme", "subject.scheme"),
        ({"target": SubjectIdentifier("uci", "12")}, "malformed-identifier", "subject.value"),
        ({"target": ListQuery({"name": "x"}, 5, None)}, "unknown-filter", "list.filter"),
    ],
)
def test_what_the_gateway_does_not_know_is_named_and_put_on_record(
    changes: dict[str, object], code: str, member: str
) -> None:
    place = world([RECORD])
    answer = ask(place, **changes)
    assert isinstance(answer, Malformed)
    assert (answer.code, answer.member) == (code, member)
    assert place.log.submissions[0].entry.reasons == (code,)
    assert place.engine.queries == []


def test_a_recipient_that_no_register_knows_is_decided_on_and_not_named_on_record() -> None:
    place = world([RECORD], lambda _query: Deny((Reason("party-unknown"),), REVISION))
    answer = ask(place, recipient="jane-doe")
    assert isinstance(answer, Refused)
    (submission,) = place.log.submissions
    assert b"jane-doe" not in submission.entry.to_bytes()
    assert submission.entry.recipient == submission.entry.requester
    assert json.loads(submission.private[0].plaintext)["part"]["recipient"] == "jane-doe"
    assert place.engine.queries[0].recipient == "jane-doe"


def test_nothing_goes_to_a_recipient_that_no_register_knows_whatever_the_policy_says() -> None:
    place = world([RECORD])
    with pytest.raises(InvariantError):
        ask(place, recipient="jane-doe")
    assert place.log.submissions == []


def test_a_refusal_names_the_agreements_that_would_apply() -> None:
    place = world([RECORD], lambda _query: Deny((Reason("no-agreement"),), REVISION))
    told = {}
    for changes in ({"agreement": None}, {}, {"agreement": None, "received_at": datetime(2031, 1, 1, tzinfo=UTC)}):
        answer = ask(place, **changes)
        assert isinstance(answer, Refused)
        told[str(changes)] = answer.would_apply
    assert list(told.values()) == [(AGREEMENT.id,), (), ()]


def test_a_spent_nonce_is_a_replay() -> None:
    place = world([RECORD])
    ask(place, nonce="same")
    assert isinstance(ask(place, nonce="same"), Replayed)
    assert len(place.log.submissions) == 1


def test_the_same_key_gives_the_first_receipt_again_as_long_as_every_value_matches() -> None:
    place = world([dict(RECORD)])
    first = ask(place, idempotency_key="k")
    again = ask(place, idempotency_key="k")
    assert isinstance(first, Disclosed)
    assert isinstance(again, Disclosed)
    assert (again.receipt, again.openings, again.records) == (first.receipt, first.openings, first.records)
    assert again.redelivered
    assert place.log.submissions[1].entry.kind == "redelivery"
    assert place.log.submissions[1].entry.refers_to == 0


def test_the_same_key_after_the_record_changed_is_a_conflict() -> None:
    place = world([dict(RECORD)])
    ask(place, idempotency_key="k")
    place.source.records[0] = {**RECORD, "status": "closed"}
    again = ask(place, idempotency_key="k")
    assert isinstance(again, KeyReused)
    assert again.code == "record-changed"
    assert place.log.submissions[1].entry.kind == "denial"


def test_the_same_key_after_a_suspension_is_a_denial_not_a_second_disclosure() -> None:
    place = world([dict(RECORD)])
    ask(place, idempotency_key="k")
    place.engine.rule = lambda _query: Deny((Reason("agreement-suspended"),), REVISION)
    again = ask(place, idempotency_key="k")
    assert not isinstance(again, Disclosed)
    assert [submission.entry.effect for submission in place.log.submissions] == ["permit", "deny"]


def test_the_same_key_with_another_body_is_a_conflict() -> None:
    place = world([RECORD])
    ask(place, idempotency_key="k")
    again = ask(place, idempotency_key="k", request_digest=b"\x01" * 32)
    assert isinstance(again, KeyReused)
    assert again.code == "idempotency-key-reused"


def test_a_conflict_keeps_in_private_what_was_found_so_that_the_account_can_hold_it_back() -> None:
    place = world([{**RECORD, "do_not_disclose": True}], protecting)
    ask(place, idempotency_key="k")
    again = ask(place, idempotency_key="k", request_digest=b"\x01" * 32)
    assert isinstance(again, KeyReused)
    entry, private = place.log.submissions[1].entry, place.log.private()
    assert (entry.custodian, entry.record_type, entry.refers_to) == ("esdc-isb", "worker-case", 0)
    assert entry.withheld == ()
    assert private["reasons"] == ["record-protected"]
    assert private["judged"]


@pytest.mark.parametrize(("first", "then"), [("deny", "refer"), ("refer", "deny")])
def test_a_request_that_is_judged_otherwise_the_second_time_is_a_conflict(first: str, then: str) -> None:
    """Neither a referral that nobody opened nor a denial of one that is open."""
    rules: dict[str, Decision] = {
        "deny": Deny((Reason("evidence-not-yet-valid"),), REVISION),
        "refer": Refer((Reason("needs-human-decision", ("PA-8-2-c",)),), REVISION),
    }
    place = world([RECORD], lambda _query: rules[first])
    ask(place, idempotency_key="k", agreement=None, ground=Ground.COURT_ORDER)
    place.engine.rule = lambda _query: rules[then]
    again = ask(place, idempotency_key="k", agreement=None, ground=Ground.COURT_ORDER)
    assert isinstance(again, KeyReused)
    assert again.code == "record-changed"
    assert len(place.log.cases) == (1 if first == "refer" else 0)


def test_another_ground_rests_on_no_agreement_whichever_is_named() -> None:
    place = world([RECORD])
    ask(place, ground=Ground.EMERGENCY)
    assert place.engine.queries[-1].agreement is None
    assert place.log.submissions[-1].entry.agreement is None
    ask(place)
    assert place.engine.queries[-1].agreement is not None


def test_a_consent_withdrawn_while_the_record_is_read_opens_nothing() -> None:
    place = world([RECORD])
    on_file = canonical.encode(
        {
            "organization": "esdc",
            "record_type": "worker-case",
            "elements": ["status"],
            "recipient": "ircc-cpn",
            "purpose": "protection",
            "from": "2020-01-01",
            "until": "2030-01-01",
        }
    )

    def step(revision: int, state: str) -> Submission:
        change = StateChange("consent", "c-1", revision, state, on_file)
        return staff_submission(
            action=f"consent-{state}", actor=Actor.stated("esdc-isb", "o"), now=NOW, changes=(change,)
        )

    async def withdraw() -> None:
        place.source.meanwhile = None
        assert isinstance(await place.log.commit(step(1, "withdrawn")), Receipt)

    asyncio.run(place.log.commit(step(0, "on-file")))
    place.source.meanwhile = withdraw
    form = EvidenceForm(Ground.CONSENT, reference="c-1")
    with pytest.raises(LogUnavailableError, match="changed just now"):
        ask(place, ground=Ground.CONSENT, form=form, agreement=None, elements=("status",))
    assert place.log.submissions[-1].entry.reasons == ("consent-withdrawn",)
    ask(place, ground=Ground.CONSENT, form=form, agreement=None, elements=("status",))
    evidence = place.engine.queries[-1].evidence
    assert evidence is not None
    assert evidence.revoked


def test_a_written_investigative_request_is_kept_although_it_names_what_does_not_exist() -> None:
    kept = Obligation("keep-request-and-record", "esdc-isb", 731, ("PA-8-4",))
    place = world([RECORD], lambda _query: Deny((Reason("element-unknown"),), REVISION, (kept,)))
    form = EvidenceForm(Ground.INVESTIGATIVE_REQUEST, stated=("request-in-writing",))
    changes: dict[str, object] = {"elements": ("nope",), "agreement": None, "form": form}
    assert isinstance(ask(place, ground=Ground.INVESTIGATIVE_REQUEST, **changes), Malformed)
    assert [item.code for item in place.log.submissions[-1].obligations] == ["keep-request-and-record"]
    assert isinstance(ask(place, ground=Ground.EMERGENCY, **changes), Malformed)
    assert place.log.submissions[-1].obligations == ()


@pytest.mark.parametrize("records", [[], [PROTECTED]])
def test_an_absent_record_takes_as_many_decisions_as_a_protected_one(records: list[dict[str, object]]) -> None:
    """Invariant 7: the work, and so the time, does not tell them apart; what was judged in vain leaves no trace."""
    place = world(records, protecting)
    answer = ask(place, target=SubjectIdentifier("uci", "0000-0002"))
    assert isinstance(answer, Refused)
    assert [query.record_attributes is None for query in place.engine.queries] == [True, False]
    assert bool(place.log.private()["judged"]) is bool(records)
