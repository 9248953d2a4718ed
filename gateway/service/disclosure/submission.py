"""What one request makes durable: the entry everybody may verify, and the private part only the gateway can open.

Invariant 6: the entry is made of codes that the catalogue, the agreements and the policy define; everything that names
a person, a case or an officer goes to the private part, which the entry carries as a salted commitment
(`audit.commitment`). The salts of the elements go to the recipient, and to the private part for a later check.
Invariant 8: entry and private part together hold what the decision can be recomputed from (`disclosure.replay`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import orjson

from audit.canonical import JsonValue
from audit.commitment import commit_element, fresh_salts
from audit.encoding import to_base64url_each
from audit.entry import AgreementRef, Authorities, Disclosed, Effect, Entry, Withheld
from audit.quick import quick
from audit.remembered import Remembered
from audit.vocabulary import digest_text, format_time
from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Deny, Indeterminate, Permit, Reason, Refer
from gateway.domain.due import legal_day
from gateway.domain.element import RecordType
from gateway.domain.ground import EvidenceFacts, Ground
from gateway.domain.private_record import PrivateRecord, said_of
from gateway.domain.request import DisclosureRequest
from gateway.domain.rulebook import AgreementStanding
from gateway.domain.submission import (
    IdempotencyUse,
    NonceUse,
    ObligationDue,
    Precondition,
    PrivatePart,
    StateChange,
    Submission,
)
from gateway.domain.target import ListQuery, SubjectIdentifier, separate_file
from gateway.service.disclosure.minimise import Judged, ReleasedRecord
from gateway.service.obligation.due import obligations_due, stated

_KINDS = {Permit: "disclosure", Deny: "denial", Refer: "referral", Indeterminate: "denial"}
_EFFECTS: Final[Mapping[type[Decision], Effect]] = {
    Permit: "permit",
    Deny: "deny",
    Refer: "refer",
    Indeterminate: "indeterminate",
}
NONCE_LIFETIME = timedelta(seconds=180)


@quick
@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request, before it is made durable. `private_outcome` tells apart what the caller must not:
    `disclosed`, `absent`, `protected`, `not-believed` (the source), `denied`, `malformed`. `facts` are what the policy
    knew of the evidence. `stands_in` is a known unit named on record in place of a recipient that no register knows: an
    entry holds known names only (invariant 6); what was asked for is in its private part."""

    decision: Decision
    private_outcome: str
    record_type: RecordType | None = None
    agreement: AgreementVersion | None = None
    purpose: str | None = None
    requested: tuple[str, ...] = ()
    records: tuple[ReleasedRecord, ...] = ()
    columns: Mapping[str, Sequence[JsonValue]] = field(default_factory=dict, repr=False)
    private_reasons: tuple[Reason, ...] = ()
    judged: tuple[Judged, ...] = ()
    facts: EvidenceFacts | None = None
    stands_in: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Evidence:
    """A submission, and the salts that open its element commitments."""

    submission: Submission
    openings: Mapping[str, bytes] = field(repr=False)


def evidence_of(
    request: DisclosureRequest,
    outcome: Outcome,
    *,
    first: bool = True,
    repeats: int | None = None,
    changes: tuple[StateChange, ...] = (),
    preconditions: tuple[Precondition, ...] = (),
) -> Evidence:
    """Write down what became of a request. `first` is False for a repeated one, which does not spend its
    Idempotency-Key again; `repeats` is the entry it repeats; `changes` are cases that change with it,
    `preconditions` those it rests on."""
    salts = fresh_salts(len(outcome.columns) + 1 + len(outcome.records))
    openings = dict(zip(outcome.columns, salts, strict=False))
    commitments = {name: commit_element(openings[name], name, values) for name, values in outcome.columns.items()}
    settled = request.released.settled if request.released else ()
    obligations = obligations_due(outcome.decision, request.received_at, settled)
    parts = _private_parts(request, outcome, openings, obligations, salts[len(outcome.columns) :])
    kind = "redelivery" if repeats is not None and isinstance(outcome.decision, Permit) else None
    refers_to = request.released.entry_index if repeats is None and request.released else repeats
    entry = _entry(request, outcome, commitments, obligations, parts, kind, refers_to)
    return Evidence(
        Submission(
            entry=entry,
            private=parts,
            obligations=obligations,
            nonce=nonce_use(request),
            idempotency=IdempotencyUse(
                request.requester, request.idempotency_key, request.idempotency_digest or request.request_digest
            )
            if first
            else None,
            changes=changes,
            preconditions=preconditions,
        ),
        openings,
    )


def nonce_use(request: DisclosureRequest) -> NonceUse:
    """The nonce of the request's signature, kept well beyond the signature's longest life."""
    return NonceUse(request.keyid, request.nonce, int((request.received_at + NONCE_LIFETIME).timestamp()))


def _entry(
    request: DisclosureRequest,
    outcome: Outcome,
    commitments: Mapping[str, bytes],
    obligations: Sequence[ObligationDue],
    parts: Sequence[PrivatePart],
    kind: str | None,
    refers_to: int | None,
) -> Entry:
    decision, agreement, record_type = outcome.decision, outcome.agreement, outcome.record_type
    permit = _cited(decision) if isinstance(decision, Permit) else None
    return Entry(
        time=format_time(request.received_at),
        kind=kind or _KINDS[type(decision)],  # type: ignore[arg-type]
        requester=request.requester,
        recipient=outcome.stands_in or request.recipient,
        custodian=record_type.custodian if record_type else None,
        agreement=_referred_to(agreement) if agreement else None,
        clauses=permit.clauses if permit else (),
        authorities=permit.authorities if permit else _NO_AUTHORITIES,
        record_type=record_type.id if record_type else None,
        purpose=outcome.purpose,
        ground=request.ground.value,
        cardinality=request.cardinality.value,
        effect=effect_of(decision),
        reasons=permit.reasons if permit else _codes(decision.reasons),
        disclosed=tuple(
            [
                Disclosed(name, permit.forms[name], commitment)
                for name, commitment in zip(commitments, to_base64url_each(list(commitments.values())), strict=True)
            ]
        )
        if permit
        else (),
        withheld=permit.withheld if permit else withheld_of(decision, outcome.requested),
        obligations=stated(obligations),
        records=len(outcome.records),
        policy_revision=decision.policy_revision,
        request_digest=digest_text(request.request_digest),
        private=tuple([digest_text(part.commitment) for part in parts]),
        refers_to=refers_to,
    )


@dataclass(frozen=True, slots=True)
class _Cited:
    """What a permit fixes of every entry that rests on it."""

    clauses: tuple[str, ...]
    authorities: Authorities
    reasons: tuple[str, ...]
    forms: Mapping[str, str]
    withheld: tuple[Withheld, ...]


_NO_AUTHORITIES: Final = Authorities()


def _codes(reasons: Sequence[Reason]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([reason.code for reason in reasons]))


def _of_permit(permit: Permit) -> _Cited:
    return _Cited(
        permit.clauses,
        Authorities(permit.discloser_authorities, permit.recipient_authorities),
        _codes(permit.reasons),
        {name: grant.form.code for name, grant in permit.grants.items()},
        withheld_of(permit, ()),
    )


_cited: Final = Remembered(_of_permit)
_referred_to: Final = Remembered[AgreementVersion, AgreementRef](
    lambda agreement: AgreementRef(agreement.id, agreement.version, agreement.digest)
)


def effect_of(decision: Decision) -> Effect:
    """The effect as an entry states it."""
    return _EFFECTS[type(decision)]


def withheld_of(decision: Decision, requested: Sequence[str]) -> tuple[Withheld, ...]:
    """What does not leave, as an entry states it: without a permit nothing that was requested does."""
    if isinstance(decision, Permit):
        return tuple(Withheld(item.element, item.reason) for item in decision.withheld)
    reason = decision.reasons[0].code
    return tuple(Withheld(name, reason) for name in requested)


def _private_parts(
    request: DisclosureRequest,
    outcome: Outcome,
    openings: Mapping[str, bytes],
    obligations: Sequence[ObligationDue],
    salts: Sequence[bytes],
) -> tuple[PrivatePart, ...]:
    """The request's own part first; for a page of records about people, one more for each of them."""
    target = request.target
    asked = (target,) if isinstance(target, SubjectIdentifier) else ()
    scheme = outcome.record_type.subject if outcome.record_type else None
    subjects = [
        (SubjectIdentifier(scheme, record.subject), record)
        for record in outcome.records
        if scheme is not None and record.subject is not None
    ]
    own = [subject for subject, _ in subjects] if asked else []
    named = tuple(dict.fromkeys((*asked, *own))) if own else asked
    if request.ground is Ground.INVESTIGATIVE_REQUEST:
        named = tuple(separate_file(subject) for subject in named)
    body: dict[str, JsonValue] = {
        "outcome": outcome.private_outcome,
        "reasons": [reason.code for reason in outcome.private_reasons],
        "subject": said_of(target) if isinstance(target, SubjectIdentifier) else None,
        "filter": None if isinstance(target, SubjectIdentifier) else dict(target.filter),
        "day": legal_day(request.received_at).isoformat(),
        "case_reference": request.case_reference,
        "acting_officer": request.acting_officer,
        "keyid": request.keyid,
        "elements": outcome.requested,
        "judged": [_judged(item) for item in outcome.judged],
        "records": [record.reference for record in outcome.records],
        "openings": dict(zip(openings, to_base64url_each(list(openings.values())), strict=True)),
    }
    if outcome.agreement is not None and outcome.agreement.standing is not AgreementStanding.IN_FORCE:
        body["standing"] = outcome.agreement.standing.value
    if outcome.stands_in is not None:
        body["recipient"] = request.recipient
    if obligations:
        # What each waits for is not in the entry; `gateway log reconcile` holds the table of duties against it.
        body["duties_on"] = [duty.on for duty in obligations]
    if request.form is not None:
        body["form"] = request.form.as_json()
        body["limit"] = target.limit if isinstance(target, ListQuery) else None
        body["cursor"] = target.cursor if isinstance(target, ListQuery) else None
        body["evidence"] = outcome.facts.as_json() if outcome.facts else None
    if request.released is not None:
        body["determination"] = request.released.determination.as_json()
        body["settled"] = request.released.settled
    parts = [PrivateRecord(body, salts[0]).seal(named, _canonical)]
    if not asked:
        for (subject, record), salt in zip(subjects, salts[1:], strict=False):
            listed: dict[str, JsonValue] = {
                "outcome": outcome.private_outcome,
                "subject": said_of(subject),
                "records": [record.reference],
            }
            parts.append(PrivateRecord(listed, salt).seal((subject,), _canonical))
    return tuple(parts)


def _judged(item: Judged) -> Mapping[str, JsonValue]:
    """Short in the usual case, because this is on the way of every disclosure."""
    kept: dict[str, JsonValue] = {"attributes": dict(item.attributes)}
    if item.refused:
        kept["refused"] = {refused.element: refused.reason for refused in item.refused}
    if item.count > 1:
        kept["count"] = item.count
    return kept


def _canonical(body: Mapping[str, JsonValue]) -> bytes:
    """As `audit.canonical.encode`, at a tenth of the cost. Private parts have names of ASCII and no floats, which it
    would refuse and this would not; of everything else both write the same bytes, as a test compares."""
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)
