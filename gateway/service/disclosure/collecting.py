"""The requester asks again: still waiting, refused, lapsed, or released, and then the record is read and answered.

Invariants: only the party that asked may ask again; what leaves goes the whole way of a disclosure once more (decide
with the determination, fetch, decide on the record, redact, commit), as of now, so that a record that is protected, or
a law that changed meanwhile, still keeps it back; nothing leaves while a notice that comes first is not given, or after
the release has run out. Does not: store an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from audit.entry import Entry
from gateway.domain.applied_rules import AppliedRules
from gateway.domain.evidence_form import EvidenceForm
from gateway.domain.ground import Ground
from gateway.domain.referral import KIND, OPEN, RELEASING, Referral, ReferralState
from gateway.domain.request import DisclosureRequest, Released
from gateway.domain.submission import ObligationRef, Precondition
from gateway.service.disclosure.answer import Answer
from gateway.service.disclosure.disclose import Disclose
from gateway.service.ports import Clock
from gateway.service.referral.asked import Archive, Asked, ReferralError, asked_in


class Referrals(Protocol):
    """Raises LogUnavailableError."""

    async def find(self, referral: str) -> Referral | None: ...


class OpenDuties(Protocol):
    """Raises LogUnavailableError."""

    async def open_among(self, duties: Sequence[ObligationRef]) -> Sequence[ObligationRef]: ...


@dataclass(frozen=True, slots=True)
class Call:
    """One signed call of a party that asks again. Its body says nothing of the referral, so that the digest for the
    Idempotency-Key covers both."""

    party: str
    request_digest: bytes
    keyid: str
    nonce: str
    idempotency_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoSuchReferral:
    """There is none under this number that this party asked for."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing may leave yet. `waiting_for` are the duties that come first."""

    referral: Referral
    waiting_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing will leave: `referral-refused`, `referral-lapsed` or `release-ended`."""

    referral: Referral
    code: str


class Collecting:
    """The use cases of the requester."""

    def __init__(
        self, referrals: Referrals, archive: Archive, duties: OpenDuties, disclose: Disclose, clock: Clock
    ) -> None:
        self._referrals = referrals
        self._archive = archive
        self._duties = duties
        self._disclose = disclose
        self._clock = clock

    async def standing(self, referral_id: str, party: str) -> Waiting | Closed | Released | NoSuchReferral:
        """Where the referral stands for the party that asked. Raises LogUnavailableError."""
        referral = await self._referrals.find(referral_id)
        if referral is None or referral.requester != party:
            return NoSuchReferral()
        return await self._standing(referral, self._clock.now())

    async def collect(self, referral_id: str, call: Call) -> Answer | Waiting | Closed | NoSuchReferral:
        """What was released, or why not. Raises DependencyError; nothing was disclosed then."""
        referral = await self._referrals.find(referral_id)
        if referral is None or referral.requester != call.party:
            return NoSuchReferral()
        now = self._clock.now()
        standing = await self._standing(referral, now)
        if not isinstance(standing, Released):
            return standing
        try:
            asked = await asked_in(self._archive, referral)
        except ReferralError:
            return Closed(referral, "release-ended")
        opened = await self._archive.entry(referral.opened_index)
        began = None if opened is None else AppliedRules.of_entry(Entry.from_bytes(opened.entry))
        return await self._disclose(_again(referral, asked, standing, call, now, began))

    async def _standing(self, referral: Referral, now: datetime) -> Waiting | Closed | Released:
        ruling = referral.ruling
        if referral.state in OPEN:
            return Waiting(referral) if now < referral.decide_by else Closed(referral, "referral-lapsed")
        if referral.state is ReferralState.LAPSED or ruling is None:
            return Closed(referral, "referral-lapsed")
        if ruling.determination is None or ruling.collect_until is None:
            return Closed(referral, "referral-refused")
        releasing = referral.state in RELEASING or (referral.state is ReferralState.AFTER_REVIEW and referral.upheld)
        if not releasing or now >= ruling.collect_until:
            return Closed(referral, "release-ended")
        first = [ObligationRef(referral.ruling_index, position) for position in ruling.first]
        still_open = await self._duties.open_among(first) if first else ()
        if still_open:
            return Waiting(referral, tuple(ruling.settled[duty.position] for duty in still_open))
        rests_on = Precondition(KIND, referral.id, referral.revision)
        return Released(referral.ruling_index, ruling.determination, ruling.settled, rests_on)


def _again(
    referral: Referral, asked: Asked, released: Released, call: Call, now: datetime, began: AppliedRules | None
) -> DisclosureRequest:
    """The request as it was made, in a new call, with what was released of it."""
    return DisclosureRequest(
        requester=referral.requester,
        recipient=referral.recipient,
        agreement=referral.agreement,
        purpose=referral.purpose,
        record_type=referral.record_type,
        elements=referral.elements,
        target=asked.target,
        ground=Ground(referral.ground),
        case_reference=asked.case_reference,
        acting_officer=asked.acting_officer,
        received_at=now,
        request_digest=call.request_digest,
        idempotency_digest=sha256(b"referral\0" + referral.id.encode() + b"\0" + call.request_digest).digest(),
        keyid=call.keyid,
        nonce=call.nonce,
        idempotency_key=call.idempotency_key,
        form=EvidenceForm.from_json(Ground(referral.ground), asked.form) if asked.form else None,
        released=released,
        began_under=began,
    )
