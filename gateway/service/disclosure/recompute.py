"""What a decision is recomputed from, out of an entry and its private part; and the recomputing itself.

Invariant 8: entry and private part together hold everything that the policy was asked, besides its revision and the
agreement version. Nothing here is a personal value: of a record, what the policy saw of it; of evidence, its facts.
Does not: open a private part, choose the policy, or compare.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from audit.entry import Entry
from audit.vocabulary import parse_time
from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Deny, Permit, Reason, Withheld
from gateway.domain.element import FormKind
from gateway.domain.errors import GatewayError
from gateway.domain.ground import Determination, EvidenceFacts
from gateway.domain.private_record import BEFORE_JUDGED, PrivateRecord
from gateway.domain.rulebook import AgreementStanding
from gateway.domain.target import Cardinality
from gateway.service.disclosure.gather import NOT_AVAILABLE
from gateway.service.disclosure.minimise import Judged, Permitted, is_aggregate, narrowed, only, releasable
from gateway.service.ports import DecisionQuery, PolicyEngine

DECISIONS = frozenset({"disclosure", "denial", "referral", "redelivery"})
"""The kinds of entries that decide on a request."""


class ReplayError(GatewayError):
    """The decision cannot be recomputed. The message says what is missing."""

    code = "replay-impossible"


class ErasedError(ReplayError):
    """What it would be recomputed from was erased with its person."""


class FromBeforeError(ReplayError):
    """The private part was made before decisions could be recomputed."""


class AlteredError(ReplayError):
    """The private part is not the one that the entry commits to."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the policy was asked for one request. `agreement` is the id; `on` is the day of the law, in Ottawa,
    `agreement_on` that in the zone of the agreement's term, None for the same. `outcome` is the private part's own word
    for what became of the request; `judged` is what decisions on records saw; `facts`, `determination` and `settled`
    are those of another ground than an agreement; `standing` is what staff had decided about the agreement."""

    requester: str
    recipient: str
    custodian: str
    agreement: str | None
    record_type: str
    purpose: str
    elements: tuple[str, ...]
    cardinality: str
    ground: str
    on: date
    agreement_on: date | None
    case_reference: bool
    outcome: str
    judged: tuple[Judged, ...] = ()
    facts: EvidenceFacts | None = None
    determination: Determination | None = None
    settled: tuple[str, ...] = ()
    standing: AgreementStanding = AgreementStanding.IN_FORCE

    def query(self, agreement: AgreementVersion | None) -> DecisionQuery:
        """The policy input before the records are read."""
        return DecisionQuery(
            requester=self.requester,
            recipient=self.recipient,
            custodian=self.custodian,
            agreement=replace(agreement, standing=self.standing) if agreement else None,
            record_type=self.record_type,
            purpose=self.purpose,
            elements=self.elements,
            cardinality=self.cardinality,
            ground=self.ground,
            on=self.on,
            agreement_on=self.agreement_on,
            case_reference=self.case_reference,
            record_attributes=None,
            evidence=self.facts,
            determination=self.determination,
        )


@dataclass(frozen=True, slots=True)
class Recomputed:
    decision: Decision
    outcome: str
    records: int = 0
    reasons: tuple[Reason, ...] = ()


def opened(entry: Entry, plaintext: bytes | None) -> Mapping[str, Any]:
    """The private part, checked against its commitment in the entry.

    Raises ErasedError, AlteredError, FromBeforeError."""
    if plaintext is None:
        raise ErasedError("the private part of this entry was erased; its decision cannot be recomputed")
    record = PrivateRecord.opened(plaintext)
    if not record.is_committed_by(entry.private[0]):
        raise AlteredError("the private part is not the one that the entry commits to; the database was altered")
    if record.version == BEFORE_JUDGED:
        raise FromBeforeError("the private part was made before decisions could be replayed")
    return record.body


def asked_of(entry: Entry, part: Mapping[str, Any], agreement: AgreementVersion | None) -> Asked:
    """What was asked. A part from before the day of the law was on record was judged by the UTC date; one without a
    recipient leaves it to the entry (no register knew it, where there is one). `agreement` gives the zone."""
    at = parse_time(entry.time)
    day = date.fromisoformat(part["day"]) if "day" in part else None
    recipient: str | None = part.get("recipient")
    return Asked(
        requester=entry.requester,
        recipient=(entry.recipient or "") if recipient is None else recipient,
        custodian=entry.custodian or "",
        agreement=entry.agreement.id if entry.agreement else None,
        record_type=entry.record_type or "",
        purpose=entry.purpose or "",
        elements=tuple(part["elements"]),
        cardinality=entry.cardinality or "",
        ground=entry.ground or "",
        on=day or at.date(),
        agreement_on=agreement.day(at) if agreement and day else None,
        case_reference=part["case_reference"] is not None,
        outcome=part["outcome"],
        judged=judged_of(part["judged"]),
        facts=EvidenceFacts.from_json(part["evidence"]) if part.get("evidence") else None,
        determination=Determination.from_json(part["determination"]) if part.get("determination") else None,
        settled=tuple(part.get("settled", ())),
        standing=AgreementStanding(part.get("standing", AgreementStanding.IN_FORCE)),
    )


def judged_of(kept: Iterable[Mapping[str, Any]]) -> tuple[Judged, ...]:
    """What decisions on records saw, as the private part keeps it."""
    return tuple(
        Judged(
            tuple(item["attributes"].items()),
            tuple(Withheld(name, reason) for name, reason in item.get("refused", {}).items()),
            item.get("count", 1),
        )
        for item in kept
    )


async def recompute(engine: PolicyEngine, query: DecisionQuery, asked: Asked) -> Recomputed:
    """The way of `gateway.service.disclosure.gather`, with what was seen in place of the records.

    Raises PolicyEngineError."""
    first = await engine.decide(query)
    if not isinstance(first, Permit):
        return Recomputed(first, "denied")
    not_available = Deny((NOT_AVAILABLE,), first.policy_revision)
    if asked.outcome == "no-source":  # of the deployment's, not the policy's making
        return Recomputed(not_available, "no-source", reasons=first.reasons)
    if is_aggregate(first):
        return await _aggregate(engine, query, first, asked)
    permitted: list[Permitted] = []
    records, held_back = 0, list[Reason]()
    for seen in asked.judged:
        decision = await engine.decide(replace(query, record_attributes=seen.attributes))
        if isinstance(decision, Permit):
            refused = {item.element for item in seen.refused}
            leaving = tuple(name for name in releasable(first, decision) if name not in refused)
            permitted.append(Permitted(decision, leaving, seen.refused))
            records += seen.count
        else:
            held_back.extend(decision.reasons)
    if query.cardinality == Cardinality.SINGLE and not any(item.leaving for item in permitted):
        return Recomputed(not_available, "protected" if asked.judged else "absent", reasons=tuple(held_back))
    return Recomputed(narrowed(first, permitted), "disclosed", records, tuple(held_back))


async def _aggregate(engine: PolicyEngine, query: DecisionQuery, first: Permit, asked: Asked) -> Recomputed:
    kinds = {grant.form.kind for grant in first.grants.values()}
    single = query.cardinality == Cardinality.SINGLE
    kind = FormKind.EXISTS if single else FormKind.COUNT
    if kind not in kinds:
        return Recomputed(Deny((NOT_AVAILABLE,), first.policy_revision), "form-not-applicable")
    first = only(first, kind)
    if not single:
        return Recomputed(first, "counted", 1)
    for seen in asked.judged:
        if isinstance(await engine.decide(replace(query, record_attributes=seen.attributes)), Permit):
            return Recomputed(first, "exists", 1)
    return Recomputed(first, "protected" if asked.judged else "absent", 1)
