"""Whether a determination is lawful, and the notices that have to be drafted before it can be made.

Invariants: a release is what the policy itself permits with the determination in its input, within what was asked
(invariant 2); a notice that cannot be drafted blocks the release it belongs to. Privacy Act 8(5), DESDA 37(2), Customs
Act 107(7), MFIPPA 32(h). Does not: put anything on record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Permit
from gateway.domain.disclosure import ObligationDue
from gateway.domain.ground import Determination, GroundRules
from gateway.domain.referral import Referral
from gateway.domain.request import Cardinality, SubjectIdentifier
from gateway.service.evidence import obligations_due
from gateway.service.notices import Drafting, Notice, NoticeFacts
from gateway.service.ports import DecisionQuery, PolicyEngine
from gateway.service.referral.asked import Asked, ReferralError

AFTER_REVIEW: Final = "after-review"
BEFORE_RELEASE: Final = frozenset({"notify-privacy-commissioner", "notify-partner-entity"})
DRAFTED: Final = BEFORE_RELEASE | {"mail-notice", "notify-consistent-use"}
"""Notices of the decision; what records the disclosure itself comes with the disclosure."""


class Agreements(Protocol):
    def find(self, agreement: str) -> AgreementVersion | None: ...


@dataclass(frozen=True, slots=True)
class Address:
    """Lines of a postal address and its kind as the record says it (`employer-housing`, ...), None where unknown."""

    lines: tuple[str, ...] = field(repr=False)
    kind: str | None


class Addresses(Protocol):
    async def last_known(self, record_type: str, subject: SubjectIdentifier) -> Address | None:
        """The person's last known address as the record has it. Raises SourceError."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release that may be made: the permit it would be, its notices, and the obligations that come with the ruling.

    `first` are the positions of those obligations that must be done before anything leaves."""

    permit: Permit
    notices: tuple[Notice, ...] = field(repr=False)
    due: tuple[ObligationDue, ...]
    first: tuple[int, ...]


class Releasing:
    """Prepares releases; keeps nothing between them."""

    def __init__(
        self,
        engine: PolicyEngine,
        agreements: Agreements,
        drafting: Drafting,
        addresses: Addresses,
        rules: Mapping[str, GroundRules],
    ) -> None:
        self._engine = engine
        self._agreements = agreements
        self._drafting = drafting
        self._addresses = addresses
        self._rules = rules

    async def prepare(
        self,
        referral: Referral,
        asked: Asked,
        determination: Determination,
        *,
        because: str,
        now: datetime,
        notice_first: bool,
        partner: str | None,
    ) -> Release:
        """Raises ReferralError, NoticeError, PolicyEngineError, SourceError; then nothing may be released."""
        permit = await self._permit(referral, asked, determination, now)
        codes = tuple(dict.fromkeys(duty.code for duty in permit.obligations if duty.code in DRAFTED))
        notices: tuple[Notice, ...] = ()
        if codes:
            if asked.subject is None:
                raise ReferralError("no-person", "a notice is about a person, and this request names none")
            facts = await self._facts(
                referral, asked.subject, determination, because, now, notice_first, partner, codes
            )
            notices = tuple(self._drafting.draft(code, facts) for code in codes)
        settling = {*codes, AFTER_REVIEW}
        due = tuple(item for item in obligations_due(permit, now) if item.code in settling)
        first = tuple(at for at, item in enumerate(due) if notice_first and item.code in BEFORE_RELEASE)
        return Release(permit, notices, due, first)

    async def _permit(self, referral: Referral, asked: Asked, determination: Determination, now: datetime) -> Permit:
        if not determination.elements or not set(determination.elements) <= set(referral.elements):
            raise ReferralError("not-asked", "release at least one element, and none that was not asked for")
        decision = await self._engine.decide(
            DecisionQuery(
                requester=referral.requester,
                recipient=referral.recipient,
                custodian=referral.custodian,
                agreement=self._agreements.find(referral.agreement) if referral.agreement else None,
                record_type=referral.record_type,
                purpose=referral.purpose,
                elements=referral.elements,
                cardinality=(Cardinality.SINGLE if asked.subject else Cardinality.LIST).value,
                ground=referral.ground,
                on=now.date(),
                case_reference=asked.case_reference is not None,
                record_attributes=None,
                evidence=asked.facts,
                determination=determination,
            )
        )
        if not isinstance(decision, Permit):
            codes = ", ".join(reason.code for reason in decision.reasons)
            raise ReferralError("not-lawful", f"the law does not permit this release: {codes}")
        if decision.grants.keys() != determination.elements.keys():
            kept = [
                f"{item.element} ({item.reason})"
                for item in decision.withheld
                if item.element in determination.elements
            ]
            raise ReferralError("not-lawful", f"the law does not permit to release {', '.join(kept)}")
        return decision

    async def _facts(
        self,
        referral: Referral,
        subject: SubjectIdentifier,
        determination: Determination,
        because: str,
        now: datetime,
        notice_first: bool,
        partner: str | None,
        codes: tuple[str, ...],
    ) -> NoticeFacts:
        address = None
        if "mail-notice" in codes:
            address = await self._addresses.last_known(referral.record_type, subject)
        return NoticeFacts(
            custodian=referral.custodian,
            recipient=referral.recipient,
            provisions=determination.authorities,
            elements=tuple(sorted(determination.elements)),
            record_type=referral.record_type,
            purpose=referral.purpose,
            ground=referral.ground,
            decided_at=now,
            because=because,
            subject=subject,
            address=address.lines if address else None,
            address_kind=address.kind if address else None,
            before_release=notice_first,
            reference=referral.id,
            partner=partner,
        )

    def notice_first(self, ground: str, not_first: str | None) -> bool:
        """Whether the notices come before the release."""
        return self._rules[ground].notice_first and not_first is None
