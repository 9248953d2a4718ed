"""A replay asks the policy exactly what was asked then, and tells every difference; through the simulated ports."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from audit import canonical
from gateway.domain.actor import Actor
from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Deny, Obligation, Permit, Reason, Refer
from gateway.domain.element import Form, FormKind
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import Receipt
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.service.disclosure.recompute import ReplayError
from gateway.service.disclosure.replay import Replay, ReplayReport
from gateway.service.log.standing import Standing
from gateway.service.ports import DecisionQuery, PolicyEngine
from tests.simulator import AGREEMENT, NOW, REVISION, OneSource, SimulatedEngine, World, permit, world

RECORD = {
    "uci": "0000-0001",
    "name": "Invented Person",
    "notes": "cnry-notes",
    "region": "ON",
    "status": "open",
    "do_not_disclose": False,
}
OTHER = {**RECORD, "uci": "0000-0002", "status": "closed"}
PROTECTED = {**RECORD, "do_not_disclose": True}
STANDING = Standing("log.example", 1, bytes(32))


def protecting(query: DecisionQuery) -> Decision:
    """As the policy does: a permit with a duty, unless the record is under a banner."""
    if query.record_attributes is not None and dict(query.record_attributes)["do_not_disclose"]:
        return Deny((Reason("do-not-disclose"),), REVISION)
    forms = {name: Form(FormKind.PLAIN) for name in query.elements if name != "region"}
    return replace(
        permit(query, forms),
        obligations=(Obligation("as-of-label", "discloser", 0), Obligation("dispose", "recipient", 30)),
        reasons=(Reason("permitted"),),
    )


def answering(kind: FormKind) -> Any:
    def rule(query: DecisionQuery) -> Decision:
        decision = protecting(query)
        if not isinstance(decision, Permit):
            return decision
        return replace(permit(query, {"status": Form(kind)}), reasons=(Reason("permitted"),))

    return rule


@dataclass
class Clock:
    def now(self) -> Any:
        return NOW


@dataclass
class Bench:
    """A replay over a simulated world. `engine` is the one that the kept policy is opened as."""

    place: World
    engine: SimulatedEngine
    versions: Mapping[str, AgreementVersion] = field(default_factory=lambda: {AGREEMENT.digest: AGREEMENT})
    revisions: frozenset[str] = frozenset({REVISION})
    erased: bool = False

    def version(self, digest: str) -> AgreementVersion | None:
        return self.versions.get(digest)

    def engine_of(self, revision: str) -> PolicyEngine | None:
        return self.engine if revision in self.revisions else None

    async def entry(self, entry_index: int) -> Receipt | None:
        return await self.place.log.entry(entry_index)

    async def private_part(self, entry_index: int) -> bytes | None:
        return None if self.erased else await self.place.log.private_part(entry_index)

    def run(self, entry_index: int) -> ReplayReport:
        policies = type("Policies", (), {"engine": staticmethod(self.engine_of)})()
        signed = type("Signed", (), {"standing": staticmethod(lambda _receipt: STANDING)})()
        use_case = Replay(
            archive=self, signed=signed, agreements=self, policies=policies, log=self.place.log, clock=Clock()
        )
        return asyncio.run(use_case(entry_index, actor=Actor.stated("esdc-isb", "r.roy")))


def bench(place: World, rule: Any = None) -> Bench:
    return Bench(place, SimulatedEngine(rule or place.engine.rule))


def ask(place: World, **changes: Any) -> int:
    asyncio.run(place.disclose(place.request(**changes)))
    return len(place.log.submissions) - 1


def careful(query: DecisionQuery) -> Decision:
    """Of a record that does not say whether it is protected, the status stays."""
    decision = protecting(query)
    unsure = query.record_attributes is not None and dict(query.record_attributes)["do_not_disclose"] is None
    if not unsure or not isinstance(decision, Permit):
        return decision
    less = permit(query, {"notes": Form(FormKind.PLAIN)})
    return replace(decision, grants=less.grants, withheld=less.withheld)


MISFIT = {**RECORD, "status": 17}
LIST = ListQuery({"region": "ON"}, 50, None)
SITUATIONS: Mapping[str, tuple[list[Mapping[str, object]], Any, Mapping[str, Any]]] = {
    "disclosed": ([RECORD], protecting, {}),
    "some withheld": ([RECORD], protecting, {"elements": ("region", "status")}),
    "in the order asked": ([RECORD], protecting, {"elements": ("status", "region", "notes", "name")}),
    "value that does not fit": ([MISFIT], protecting, {}),
    "no value that fits": ([MISFIT], protecting, {"elements": ("status",)}),
    "scrubbing fails": ([RECORD], lambda q: permit(q, {"notes": Form(FormKind.SCRUB)}), {"elements": ("notes",)}),
    "protected": ([PROTECTED], protecting, {}),
    "absent": ([], protecting, {}),
    "denied": ([RECORD], lambda _: Deny((Reason("no-clause"),), REVISION), {}),
    "recipient nobody knows": (
        [RECORD],
        lambda _: Deny((Reason("party-unknown"),), REVISION),
        {"recipient": "jane-doe"},
    ),
    "referred": ([RECORD], lambda _: Refer((Reason("needs-human-decision"),), REVISION), {}),
    "without a case": ([RECORD], protecting, {"case_reference": None}),
    "list": ([RECORD, OTHER, OTHER], protecting, {"target": LIST}),
    "list with one protected": ([RECORD, PROTECTED, OTHER], protecting, {"target": LIST}),
    "list of other values": ([MISFIT, OTHER, RECORD], protecting, {"target": LIST}),
    "list kept back for two reasons": (
        [MISFIT, {**RECORD, "do_not_disclose": None}, MISFIT],
        careful,
        {"target": LIST},
    ),
    "empty list": ([], protecting, {"target": LIST}),
    "exists": ([RECORD], answering(FormKind.EXISTS), {"elements": ("status",)}),
    "protected beside another": ([PROTECTED, RECORD], answering(FormKind.EXISTS), {"elements": ("status",)}),
    "exists but protected": ([PROTECTED], answering(FormKind.EXISTS), {"elements": ("status",)}),
    "does not exist": ([], answering(FormKind.EXISTS), {"elements": ("status",)}),
    "counted": ([RECORD] * 12, answering(FormKind.COUNT), {"elements": ("status",), "target": LIST}),
    "form not for one": ([RECORD], answering(FormKind.COUNT), {"elements": ("status",)}),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_policy_is_asked_the_same_and_the_decision_is_equal(situation: str) -> None:
    records, rule, changes = SITUATIONS[situation]
    place = world(records, rule)
    index = ask(place, **changes)
    again = bench(place)
    report = again.run(index)
    assert report.differences == ()
    assert report.equal
    assert list(dict.fromkeys(map(repr, again.engine.queries))) == list(dict.fromkeys(map(repr, place.engine.queries)))
    assert (report.policy_revision, report.agreement, report.standing) == (REVISION, "isa-1 1", STANDING)


def test_that_a_record_type_had_no_source_is_a_fact_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    place = world([RECORD], protecting)
    monkeypatch.setattr(OneSource, "find", lambda _self, _record_type: None)
    index = ask(place)
    assert place.log.private(index)["outcome"] == "no-source"
    assert bench(place).run(index).equal


def test_the_private_part_keeps_attributes_and_no_value() -> None:
    """What the policy saw, once for records that are alike."""
    place = world([RECORD, OTHER, PROTECTED], protecting)
    kept = place.log.private(ask(place, target=LIST))
    assert kept["elements"] == ["status", "notes"]
    assert kept["judged"] == [
        {"attributes": {"do_not_disclose": False}, "count": 2},
        {"attributes": {"do_not_disclose": True}},
    ]
    assert "cnry-notes" not in json.dumps(kept)
    assert "Invented" not in json.dumps(kept)


CHANGES: Mapping[str, tuple[Any, set[str]]] = {
    "denies": (
        lambda _: Deny((Reason("no-clause"),), REVISION),
        {
            "effect",
            "clauses",
            "authorities.discloser",
            "authorities.recipient",
            "forms",
            "withheld",
            "obligations",
            "reasons",
            "records",
            "private.outcome",
        },
    ),
    "clause": (lambda q: _with(q, clauses=("c2",)), {"clauses"}),
    "discloser": (lambda q: _with(q, discloser_authorities=("PA-7",)), {"authorities.discloser"}),
    "recipient": (lambda q: _with(q, recipient_authorities=("PA-5",)), {"authorities.recipient"}),
    "obligation": (lambda q: _with(q, obligations=(Obligation("as-of-label", "discloser", 0),)), {"obligations"}),
    "due": (
        lambda q: _with(
            q, obligations=(Obligation("as-of-label", "discloser", 0), Obligation("dispose", "recipient", 31))
        ),
        {"obligations"},
    ),
    "reason": (lambda q: _with(q, reasons=(Reason("permitted-otherwise"),)), {"reasons"}),
    "form": (lambda q: masked(q), {"forms"}),
    "grants less": (lambda q: permit_less(q), {"forms", "withheld"}),
    "protects": (
        lambda q: protecting(q) if q.record_attributes is None else Deny((Reason("do-not-disclose"),), REVISION),
        {"private.reasons", "effect", "records", "private.outcome"},
    ),
}


def _with(query: DecisionQuery, **changes: Any) -> Decision:
    decision = protecting(query)
    assert isinstance(decision, Permit)
    return replace(decision, **changes)


def masked(query: DecisionQuery) -> Decision:
    decision = protecting(query)
    assert isinstance(decision, Permit)
    grants = {name: replace(grant, form=Form(FormKind.MASK, 2)) for name, grant in decision.grants.items()}
    return replace(decision, grants=grants)


def permit_less(query: DecisionQuery) -> Decision:
    less = permit(query, {"status": Form(FormKind.PLAIN)})
    decision = protecting(query)
    assert isinstance(decision, Permit)
    return replace(decision, grants=less.grants, withheld=less.withheld)


@pytest.mark.parametrize("change", CHANGES)
def test_every_difference_is_told_and_no_other(change: str) -> None:
    rule, expected = CHANGES[change]
    place = world([RECORD], protecting)
    report = bench(place, rule).run(ask(place))
    assert not report.equal
    members = {item.member for item in report.differences}
    assert members == expected if change != "protects" else members >= expected
    assert all(item.recorded != item.recomputed for item in report.differences)


def test_a_rule_that_reads_the_date_sees_that_of_the_entry() -> None:
    place = world([RECORD], protecting)
    index = ask(place, received_at=datetime(2025, 3, 31, 23, 59, 59, 999999, tzinfo=UTC))
    again = bench(place)
    assert again.run(index).equal
    assert {query.on for query in again.engine.queries} == {date(2025, 3, 31)}


def test_a_replay_is_on_record_and_refers_to_the_entry() -> None:
    place = world([RECORD], protecting)
    index = ask(place)
    report = bench(place).run(index)
    noted = place.log.submissions[report.receipt.entry_index]
    assert (noted.entry.kind, noted.entry.refers_to, noted.entry.reasons) == (
        "staff-action",
        index,
        ("decision-replayed",),
    )
    assert b"r.roy" not in report.receipt.entry
    assert b"r.roy" in noted.private[0].plaintext


def test_nothing_is_opened_where_the_replay_cannot_be_put_on_record() -> None:
    place = world([RECORD], protecting)
    index = ask(place)
    again = bench(place)
    place.log.fail_next = True
    with pytest.raises(LogUnavailableError):
        again.run(index)
    assert again.engine.queries == []
    assert len(place.log.submissions) == index + 1


def test_what_is_missing_is_said() -> None:
    place = world([RECORD], protecting)
    index = ask(place)
    for again, said in (
        (replace(bench(place), revisions=frozenset()), "policy revision of this entry is not kept"),
        (replace(bench(place), versions={}), "agreement version of this entry is not kept"),
        (replace(bench(place), erased=True), "was erased"),
    ):
        with pytest.raises(ReplayError, match=said):
            again.run(index)
    with pytest.raises(ReplayError, match="has no entry 99"):
        bench(place).run(99)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"elements": ("no_such",)}, "refused before the policy was asked"),
        ({"purpose": "unknown"}, "refused before the policy was asked"),
        ({"target": SubjectIdentifier("uci", "not a number")}, "refused before the policy was asked"),
    ],
)
def test_what_the_policy_never_judged_is_not_replayed(changes: Mapping[str, Any], said: str) -> None:
    place = world([RECORD], protecting)
    with pytest.raises(ReplayError, match=said):
        bench(place).run(ask(place, **changes))


def test_a_staff_action_is_not_a_decision() -> None:
    place = world([RECORD], protecting)
    report = bench(place).run(ask(place))
    with pytest.raises(ReplayError, match="not a decision"):
        bench(place).run(report.receipt.entry_index)


def test_repeated_requests_are_replayed_and_refused_repetitions_are_not() -> None:
    place = world([RECORD], protecting)
    first = ask(place, idempotency_key="same")
    again = ask(place, idempotency_key="same")
    assert again == first + 1
    assert bench(place).run(again).equal
    conflict = ask(place, idempotency_key="same", request_digest=b"x" * 32)
    with pytest.raises(ReplayError, match="refused before the policy was asked"):
        bench(place).run(conflict)


def test_a_private_part_that_the_entry_does_not_commit_to_is_refused() -> None:
    """The key of a subject was stolen and the part rewritten."""
    place = world([RECORD], protecting)
    index = ask(place)
    submission = place.log.submissions[index]
    opened = json.loads(submission.private[0].plaintext)
    opened["part"]["judged"][0]["attributes"]["do_not_disclose"] = True
    forged = replace(submission.private[0], plaintext=canonical.encode(opened))
    place.log.submissions[index] = replace(submission, private=(forged,))
    with pytest.raises(ReplayError, match="not the one that the entry commits to"):
        bench(place).run(index)
