"""Whether a determination is lawful, and the notices that have to be drafted before it can be made.

Invariants: a release is what the policy itself permits with the determination in its input, within what was asked
(invariant 2); a notice that cannot be drafted blocks the release it belongs to. Privacy Act 8(5), DESDA 37(2), Customs
Act 107(7), MFIPPA 32(h). Does not: put anything on record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, Protocol

from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Permit
from gateway.domain.due import legal_day
from gateway.domain.errors import SourceError
from gateway.domain.ground import Determination, EvidenceFacts, Ground, GroundRules
from gateway.domain.referral import Referral
from gateway.domain.submission import ObligationDue
from gateway.domain.target import Cardinality, SubjectIdentifier
from gateway.service.log.staff_action import listed_codes
from gateway.service.obligation.due import AFTER_REVIEW, obligations_due
from gateway.service.obligation.notices import Drafting, Notice, NoticeFacts
from gateway.service.ports import DecisionQuery, PolicyEngine
from gateway.service.referral.asked import Asked, ReferralError

IN_CONFIDENCE: Final = "PA-19-22-25-26"
"""The provision under which a person releases what was received in confidence."""
BEFORE_RELEASE: Final = frozenset({"notify-privacy-commissioner", "notify-partner-entity"})
DRAFTED: Final = BEFORE_RELEASE | {"mail-notice"}
"""Notices of the decision; what records the disclosure itself comes with the disclosure."""
TO_PARTNER: Final = "notify-partner-entity"


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


class Banners(Protocol):
    async def on_record(self, record_type: str, subject: SubjectIdentifier) -> bool:
        """Whether the person's record bears a banner: that nothing of it is disclosed. Raises SourceError."""


Banner = Literal["none", "weighed", "holds", "unknown"]
"""No banner; one that the officer may release over on this ground; one that holds; the source does not answer."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What the decision-maker says besides what is released: the reasons; why no notice came first; the partner entity
    concerned (DESDA 37(2)), or why none is."""

    because: str = field(repr=False)
    not_first: str | None = field(repr=False)
    partner: str | None
    no_partner: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Release:
    """A release that may be made: the permit it would be, its notices, and the obligations that come with the ruling.

    `first` are the positions of those obligations that must be done before anything leaves; `settled` are their codes,
    which need not come again with the disclosure, and after them the code of a duty that is owed to nobody."""

    permit: Permit
    notices: tuple[Notice, ...] = field(repr=False)
    due: tuple[ObligationDue, ...]
    first: tuple[int, ...]
    settled: tuple[str, ...]


class Releasing:
    """Prepares releases; keeps nothing between them."""

    def __init__(
        self,
        engine: PolicyEngine,
        agreements: Agreements,
        drafting: Drafting,
        addresses: Addresses,
        banners: Banners,
        rules: Mapping[str, GroundRules],
    ) -> None:
        self._engine = engine
        self._agreements = agreements
        self._drafting = drafting
        self._addresses = addresses
        self._banners = banners
        self._rules = rules

    async def prepare(
        self,
        referral: Referral,
        asked: Asked,
        determination: Determination,
        *,
        stated: Stated,
        now: datetime,
        notice_first: bool,
    ) -> Release:
        """Raises ReferralError, NoticeError, PolicyEngineError, SourceError; then nothing may be released."""
        await self._check_banner(referral, asked, determination)
        _check_source(determination)
        permit = await self._permit(referral, asked, determination, now)
        waived = {TO_PARTNER} if stated.no_partner is not None else set()
        codes = tuple(
            dict.fromkeys(duty.code for duty in permit.obligations if duty.code in DRAFTED and duty.code not in waived)
        )
        notices: tuple[Notice, ...] = ()
        if codes:
            if asked.subject is None:
                raise ReferralError("no-person", "a notice is about a person, and this request names none")
            facts = await self._facts(referral, asked.subject, asked.facts, permit, stated, now, notice_first, codes)
            notices = tuple(self._drafting.draft(code, facts) for code in codes)
        settling = {*codes, AFTER_REVIEW}
        due = tuple(item for item in obligations_due(permit, now) if item.code in settling)
        first = tuple(at for at, item in enumerate(due) if notice_first and item.code in BEFORE_RELEASE)
        unneeded = (duty.code for duty in permit.obligations if duty.code in waived)
        return Release(permit, notices, due, first, (*(item.code for item in due), *unneeded))

    async def banner(self, referral: Referral, asked: Asked) -> Banner:
        """What is known of a banner on the record; a list has none."""
        try:
            if asked.subject is None or not await self._banners.on_record(referral.record_type, asked.subject):
                return "none"
        except SourceError:
            return "unknown"
        return "weighed" if self._rules[referral.ground].over_banner else "holds"

    async def _check_banner(self, referral: Referral, asked: Asked, determination: Determination) -> None:
        """Nobody releases a record over a banner without knowing of it, or on a ground that does not weigh it."""
        if asked.subject is None or not await self._banners.on_record(referral.record_type, asked.subject):
            return
        if not self._rules[referral.ground].over_banner:
            raise ReferralError("banner-holds", "the record bears a banner, which nobody lifts on this ground; refuse")
        if not determination.despite_banner:
            raise ReferralError(
                "banner-on-record",
                "the record bears a banner that nothing of it is disclosed; if the law demands it all the same, "
                "release it with --despite-banner and say why in your reasons",
            )

    async def _permit(self, referral: Referral, asked: Asked, determination: Determination, now: datetime) -> Permit:
        unasked = [name for name in determination.elements if name not in referral.elements]
        if unasked:
            raise ReferralError("not-asked", f"elements: {listed_codes(unasked)} was not asked for; leave it out")
        if not determination.elements:
            raise ReferralError("not-asked", "elements: release at least one of those asked for, or refuse")
        agreement = self._agreements.find(referral.agreement) if referral.agreement else None
        decision = await self._engine.decide(
            DecisionQuery(
                requester=referral.requester,
                recipient=referral.recipient,
                custodian=referral.custodian,
                agreement=agreement,
                record_type=referral.record_type,
                purpose=referral.purpose,
                elements=referral.elements,
                cardinality=(Cardinality.SINGLE if asked.subject else Cardinality.LIST).value,
                ground=referral.ground,
                on=legal_day(now),
                agreement_on=agreement.day(now) if agreement else None,
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
        evidence: EvidenceFacts | None,
        permit: Permit,
        stated: Stated,
        now: datetime,
        notice_first: bool,
        codes: tuple[str, ...],
    ) -> NoticeFacts:
        address = None
        if "mail-notice" in codes:
            address = await self._addresses.last_known(referral.record_type, subject)
        return NoticeFacts(
            custodian=referral.custodian,
            recipient=referral.recipient,
            provisions=permit.discloser_authorities,
            elements=tuple(sorted(permit.grants)),
            record_type=referral.record_type,
            purpose=referral.purpose,
            ground=referral.ground,
            decided_at=now,
            because=stated.because,
            subject=subject,
            address=address.lines if address else None,
            address_kind=address.kind if address else None,
            before_release=notice_first,
            referral=referral.id,
            partner=stated.partner,
            not_first=stated.not_first,
            danger=evidence.aim if evidence and referral.ground == Ground.EMERGENCY else None,
        )

    def notice_first(self, ground: str, not_first: str | None) -> bool:
        """Whether the notices come before the release. Raises ReferralError for a reason that says nothing."""
        if not_first is not None and not not_first.strip():
            raise ReferralError("reasons-missing", "say in writing why a notice before the release is not practicable")
        return self._rules[ground].notice_first and not_first is None


def _check_source(determination: Determination) -> None:
    """What was received in confidence goes only where the officer says that the source agrees (Privacy Act 19(2))."""
    if IN_CONFIDENCE in determination.authorities and not determination.source_agreed:
        raise ReferralError(
            "source-has-not-agreed",
            "what was received in confidence goes only where whoever gave it agrees or made it public; ask them, then "
            "release it with --source-agreed and say in your reasons who agreed and when",
        )
