"""What the main use case answers, as values that cannot be mistaken for one another.

Invariant 1: what leaves (`Disclosed`) holds the `Receipt` of a durable entry; so does every refusal of a caller who is
known. Does not: render anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from audit.canonical import JsonValue
from audit.quick import quick
from gateway.domain.agreement import AgreementVersion
from gateway.domain.applied_rules import AppliedRules
from gateway.domain.decision import Deny, Indeterminate, PartlyWithheld, Permit, Reason, Refer
from gateway.domain.element import RecordType
from gateway.domain.errors import InvariantError
from gateway.domain.referral import Referral
from gateway.domain.submission import Receipt
from gateway.service.disclosure.gather import NOT_AVAILABLE, Gathered
from gateway.service.disclosure.minimise import is_aggregate


@quick
@dataclass(frozen=True, slots=True)
class Disclosed:
    """What leaves, made from a receipt. `agreement` is None on a ground that rests on none; `openings` are the salts of
    the element commitments, for the recipient; `partly` is what some of the records lack; `began_under` are other
    rules, by which the list, the referral or the first answer was judged."""

    receipt: Receipt
    permit: Permit
    agreement: AgreementVersion | None
    record_type: RecordType
    records: tuple[Mapping[str, JsonValue], ...] = field(repr=False)
    openings: Mapping[str, bytes] = field(repr=False)
    next_cursor: str | None = field(repr=False)
    redelivered: bool = False
    partly: tuple[PartlyWithheld, ...] = ()
    began_under: AppliedRules | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """What does not leave, and why; on record at `receipt.entry_index`. `would_apply` are agreements of the requester
    that cover what was asked, a help that no decision rests on; `began_under` are other rules, by which the list or the
    referral began."""

    receipt: Receipt
    decision: Deny | Indeterminate
    would_apply: tuple[str, ...] = ()
    began_under: AppliedRules | None = None


@dataclass(frozen=True, slots=True)
class Referred:
    """A named person decides; `referral` says where to ask again and when it lapses."""

    receipt: Receipt
    referral: Referral
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Malformed:
    """A request that names something the gateway does not know, or a value that cannot be what it claims to be.

    `code` is a problem code; `member` names the place in the request, never what stood there."""

    receipt: Receipt
    code: str
    member: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """The signature's nonce was spent before; answered like any other signature failure."""


@dataclass(frozen=True, slots=True)
class KeyReused:
    """The Idempotency-Key was used before: for another body, or the record has changed since."""

    code: str
    receipt: Receipt | None


Answer = Disclosed | Refused | Referred | Malformed | Replayed | KeyReused


def is_not_available(decision: Deny | Indeterminate) -> bool:
    """The one refusal for a record that is not there, one that is protected and one out of scope (invariant 7)."""
    return NOT_AVAILABLE in decision.reasons


def could_tell_existence(answer: Answer) -> bool:
    """A protected record and an absent one share this answer; the time it took must not tell them apart."""
    match answer:
        case Disclosed():
            return not answer.records or is_aggregate(answer.permit)
        case Refused(_, decision):
            return is_not_available(decision)
        case KeyReused():
            return True
        case Referred() | Malformed() | Replayed():
            return False
        case _:
            assert_never(answer)


def answer_of(
    receipt: Receipt,
    gathered: Gathered,
    openings: Mapping[str, bytes],
    *,
    referral: Referral | None = None,
    redelivered: bool = False,
    began_under: AppliedRules | None = None,
) -> Answer:
    """The answer that a durable entry allows; `referral` is the case of a request that was referred."""
    outcome = gathered.outcome
    if began_under and began_under == AppliedRules.of(outcome.agreement, outcome.decision.policy_revision):
        began_under = None
    if isinstance(outcome.decision, Refer):
        if referral is None:
            raise InvariantError("a referred request has no referral")
        return Referred(receipt, referral, outcome.decision.reasons)
    if not isinstance(outcome.decision, Permit):
        return Refused(receipt, outcome.decision, began_under=began_under)
    if outcome.record_type is None:
        raise InvariantError("a permit has no record type")
    return Disclosed(
        receipt=receipt,
        permit=outcome.decision,
        agreement=outcome.agreement,
        record_type=outcome.record_type,
        records=gathered.records,
        openings=openings,
        next_cursor=gathered.next_cursor,
        redelivered=redelivered,
        partly=gathered.partly,
        began_under=began_under,
    )
