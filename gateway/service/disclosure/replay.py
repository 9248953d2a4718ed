"""Recomputes a decision as of its date: the recorded policy revision, the recorded agreement version, what was seen.

Invariant 8: same input, same revision, same date, same decision. The input is put together from the entry and its
private part; what a record held is gone, but what the policy saw of it was kept, and so was what redaction refused.
The entry is first held against the log's signature. Opening a private part is a staff action: it is on record before
the part is opened. Does not: fetch from a source,
compare values (the recipient's receipt does that), or replay under any other revision than the one recorded.
"""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Protocol

from audit.commitment import commit_private, same
from audit.encoding import from_base64url
from audit.entry import Entry, Obligation
from audit.vocabulary import parse_time
from gateway.domain.actor import Actor
from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Deny, Permit, Reason, Withheld
from gateway.domain.element import FormKind
from gateway.domain.errors import GatewayError
from gateway.domain.ground import Determination, EvidenceFacts
from gateway.domain.rulebook import AgreementStanding
from gateway.domain.submission import Receipt
from gateway.domain.target import Cardinality
from gateway.service.disclosure.gather import NOT_AVAILABLE
from gateway.service.disclosure.minimise import Judged, Permitted, is_aggregate, narrowed, only, releasable
from gateway.service.disclosure.submission import effect_of, withheld_of
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.log.standing import SignedLog, Standing
from gateway.service.obligation.due import obligations_due, stated
from gateway.service.ports import AgreementArchive, Clock, DecisionQuery, DisclosureLog, EntryArchive, PolicyEngine

ACTION: Final = "decision-replayed"
_DECISIONS: Final = frozenset({"disclosure", "denial", "referral", "redelivery"})


class ReplayError(GatewayError):
    """The decision cannot be recomputed. The message says what is missing."""

    code = "replay-impossible"


class PolicyArchive(Protocol):
    def engine(self, revision: str) -> PolicyEngine | None:
        """An engine for exactly this revision, None where it is not kept. Raises GatewayError."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A member of the entry or of its private part that comes out otherwise. Codes only, never a value."""

    member: str
    recorded: str
    recomputed: str


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What became of a replay; on record at `receipt.entry_index`. `standing` is None while the entry is not signed."""

    entry_index: int
    policy_revision: str
    agreement: str | None
    standing: Standing | None
    receipt: Receipt
    differences: tuple[Difference, ...]

    @property
    def equal(self) -> bool:
        return not self.differences


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the private part keeps for a replay. `outcome` is its own word for what became of the request; `facts` and
    `determination` are those of another ground than an agreement; `day` is that of the law, in Ottawa, None for an
    entry from before that was put on record, which was judged by the UTC date; `recipient` is what was asked for, where
    no register knew it and the entry names the requester instead; `standing` is what staff had decided about the
    agreement."""

    outcome: str
    reasons: frozenset[str]
    elements: tuple[str, ...]
    case_reference: bool
    judged: tuple[Judged, ...]
    facts: EvidenceFacts | None
    determination: Determination | None
    settled: tuple[str, ...]
    day: date | None
    recipient: str | None = None
    standing: AgreementStanding = AgreementStanding.IN_FORCE


@dataclass(frozen=True, slots=True)
class Recomputed:
    decision: Decision
    outcome: str
    records: int = 0
    reasons: tuple[Reason, ...] = ()


class Replay:
    """The use case."""

    def __init__(
        self,
        *,
        archive: EntryArchive,
        signed: SignedLog,
        agreements: AgreementArchive,
        policies: PolicyArchive,
        log: DisclosureLog,
        clock: Clock,
    ) -> None:
        self._archive = archive
        self._signed = signed
        self._agreements = agreements
        self._policies = policies
        self._log = log
        self._clock = clock

    async def __call__(self, entry_index: int, *, actor: Actor) -> ReplayReport:
        """Recompute the decision of an entry, for an officer of a unit, who is on record with it.

        Raises:
            ReplayError: there is nothing to recompute, or something it rests on is gone.
            LogUnavailableError: the replay could not be put on record, or the entry or what was kept was altered.
            GatewayError: the policy could not be run.
        """
        receipt = await self._archive.entry(entry_index)
        if receipt is None:
            raise ReplayError(f"the log has no entry {entry_index}")
        # On other threads, because a policy takes a part of a second to open, in which a gateway answers others.
        standing = await asyncio.to_thread(self._signed.standing, receipt)
        entry = Entry.from_bytes(receipt.entry)
        engine, agreement = await asyncio.to_thread(self._kept, entry)
        noted = await self._note(entry_index, actor)
        recalled = _recall(entry, await self._archive.private_part(entry_index))
        recomputed = await _recompute(engine, _query(entry, recalled, agreement), recalled)
        return ReplayReport(
            entry_index=entry_index,
            policy_revision=engine.revision,
            agreement=f"{agreement.id} {agreement.version}" if agreement else None,
            standing=standing,
            receipt=noted,
            differences=tuple(_differences(entry, recalled, recomputed)),
        )

    def _kept(self, entry: Entry) -> tuple[PolicyEngine, AgreementVersion | None]:
        """What the decision rests on besides its input, exactly as the entry names it."""
        if entry.kind not in _DECISIONS:
            raise ReplayError("the entry is not a decision; there is nothing to recompute")
        if entry.purpose is None or entry.policy_revision is None:
            raise ReplayError("the request was refused before the policy was asked; there is nothing to recompute")
        agreement = None
        if entry.agreement is not None:
            agreement = self._agreements.version(entry.agreement.digest)
            if agreement is None:
                raise ReplayError("the agreement version of this entry is not kept; restore it from an export")
        engine = self._policies.engine(entry.policy_revision)
        if engine is None:
            raise ReplayError("the policy revision of this entry is not kept; restore it from an export")
        if engine.revision != entry.policy_revision:
            raise ReplayError("the engine runs another policy revision than the entry names")
        return engine, agreement

    async def _note(self, entry_index: int, actor: Actor) -> Receipt:
        now = self._clock.now()
        noted = staff_submission(action=ACTION, actor=actor, now=now, refers_to=entry_index)
        return await put_on_record(self._log, noted, "the replay")


def _recall(entry: Entry, plaintext: bytes | None) -> Recalled:
    """The private part, checked against its commitment in the entry. Raises ReplayError."""
    if plaintext is None:
        raise ReplayError("the private part of this entry was erased; its decision cannot be recomputed")
    opened = json.loads(plaintext)
    part: Mapping[str, Any] = opened["part"]
    if not same(commit_private(from_base64url(opened["salt"]), part), from_base64url(entry.private[0])):
        raise ReplayError("the private part is not the one that the entry commits to; the database was altered")
    if "judged" not in part:
        raise ReplayError("the private part was made before decisions could be replayed")
    return Recalled(
        outcome=part["outcome"],
        reasons=frozenset(part["reasons"]),
        elements=tuple(part["elements"]),
        case_reference=part["case_reference"] is not None,
        judged=tuple(
            Judged(
                tuple(item["attributes"].items()),
                tuple(Withheld(name, reason) for name, reason in item.get("refused", {}).items()),
                item.get("count", 1),
            )
            for item in part["judged"]
        ),
        facts=EvidenceFacts.from_json(part["evidence"]) if part.get("evidence") else None,
        determination=Determination.from_json(part["determination"]) if part.get("determination") else None,
        settled=tuple(part.get("settled", ())),
        day=date.fromisoformat(part["day"]) if "day" in part else None,
        recipient=part.get("recipient"),
        standing=AgreementStanding(part.get("standing", AgreementStanding.IN_FORCE)),
    )


def _query(entry: Entry, recalled: Recalled, agreement: AgreementVersion | None) -> DecisionQuery:
    recorded = (entry.recipient, entry.custodian, entry.record_type, entry.purpose, entry.cardinality, entry.ground)
    recipient, custodian, record_type, purpose, cardinality, ground = (value or "" for value in recorded)
    at = parse_time(entry.time)
    return DecisionQuery(
        requester=entry.requester,
        recipient=recipient if recalled.recipient is None else recalled.recipient,
        custodian=custodian,
        agreement=replace(agreement, standing=recalled.standing) if agreement else None,
        record_type=record_type,
        purpose=purpose,
        elements=recalled.elements,
        cardinality=cardinality,
        ground=ground,
        on=recalled.day or at.date(),
        agreement_on=agreement.day(at) if agreement and recalled.day else None,
        case_reference=recalled.case_reference,
        record_attributes=None,
        evidence=recalled.facts,
        determination=recalled.determination,
    )


async def _recompute(engine: PolicyEngine, query: DecisionQuery, recalled: Recalled) -> Recomputed:
    """The way of `gateway.service.disclosure.gather`, with what was seen in place of the records."""
    first = await engine.decide(query)
    if not isinstance(first, Permit):
        return Recomputed(first, "denied")
    not_available = Deny((NOT_AVAILABLE,), first.policy_revision)
    if recalled.outcome == "no-source":  # of the deployment's, not the policy's making
        return Recomputed(not_available, "no-source", reasons=first.reasons)
    if is_aggregate(first):
        return await _recompute_aggregate(engine, query, first, recalled)
    permitted: list[Permitted] = []
    records, held_back = 0, list[Reason]()
    for seen in recalled.judged:
        decision = await engine.decide(replace(query, record_attributes=seen.attributes))
        if isinstance(decision, Permit):
            refused = {item.element for item in seen.refused}
            leaving = tuple(name for name in releasable(first, decision) if name not in refused)
            permitted.append(Permitted(decision, leaving, seen.refused))
            records += seen.count
        else:
            held_back.extend(decision.reasons)
    if query.cardinality == Cardinality.SINGLE and not any(item.leaving for item in permitted):
        return Recomputed(not_available, "protected" if recalled.judged else "absent", reasons=tuple(held_back))
    return Recomputed(narrowed(first, permitted), "disclosed", records, tuple(held_back))


async def _recompute_aggregate(
    engine: PolicyEngine, query: DecisionQuery, first: Permit, recalled: Recalled
) -> Recomputed:
    kinds = {grant.form.kind for grant in first.grants.values()}
    single = query.cardinality == Cardinality.SINGLE
    kind = FormKind.EXISTS if single else FormKind.COUNT
    if kind not in kinds:
        return Recomputed(Deny((NOT_AVAILABLE,), first.policy_revision), "form-not-applicable")
    first = only(first, kind)
    if not single:
        return Recomputed(first, "counted", 1)
    for seen in recalled.judged:
        if isinstance(await engine.decide(replace(query, record_attributes=seen.attributes)), Permit):
            return Recomputed(first, "exists", 1)
    return Recomputed(first, "protected" if recalled.judged else "absent", 1)


def _differences(entry: Entry, recalled: Recalled, recomputed: Recomputed) -> Iterator[Difference]:
    decision = recomputed.decision
    permit = decision if isinstance(decision, Permit) else None
    due = stated(obligations_due(decision, parse_time(entry.time), recalled.settled))
    forms = {item.element: item.form for item in entry.disclosed}
    withheld = {item.element: item.reason for item in entry.withheld}
    compared: tuple[tuple[str, object, object], ...] = (
        ("effect", entry.effect, effect_of(decision)),
        ("clauses", entry.clauses, permit.clauses if permit else ()),
        ("authorities.discloser", entry.authorities.discloser, permit.discloser_authorities if permit else ()),
        ("authorities.recipient", entry.authorities.recipient, permit.recipient_authorities if permit else ()),
        ("forms", forms, {name: grant.form.code for name, grant in permit.grants.items()} if permit else {}),
        (
            "withheld",
            withheld,
            {item.element: item.reason for item in withheld_of(decision, recalled.elements)},
        ),
        ("obligations", _due(entry.obligations), _due(due)),
        ("reasons", entry.reasons, tuple(dict.fromkeys(reason.code for reason in decision.reasons))),
        ("records", entry.records, recomputed.records),
        ("private.outcome", recalled.outcome, recomputed.outcome),
        ("private.reasons", sorted(recalled.reasons), sorted({reason.code for reason in recomputed.reasons})),
    )
    for member, recorded, now in compared:
        if recorded != now:
            yield Difference(member, _text(recorded), _text(now))


def _due(obligations: Iterable[Obligation]) -> tuple[str, ...]:
    return tuple(f"{item.code} {item.due}" if item.due else item.code for item in obligations)


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {said}" for name, said in sorted(value.items()))
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
