"""The account of disclosures for a person: who received what about them, under which law, and what was refused.

Invariant: complete for the institution that answers, or none is given (`gateway.service.log.completeness`). Every entry
that names the person and in which it asked, held or received is a line of the account, or held back with a reason that
can be recomputed (`person.hold_back`), or no disclosure (what staff did; a referral whose release is an entry
of its own). What others disclosed among themselves is left out, for the officer too. What is held back leaves no trace
in what the person gets, not even its number (Privacy Act 16(2)). Answering is itself an entry, durable before anything
is shown. Privacy Act 9, 12, 14; MFIPPA 36, FIPPA 47. Does not: word the letter (`gateway.adapters.letters`), or verify
who asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, Protocol

from audit.canonical import JsonValue
from audit.entry import AgreementRef, Entry
from audit.vocabulary import parse_time
from gateway.domain.access_law import AccessLaw
from gateway.domain.actor import Actor
from gateway.domain.element import Catalogue
from gateway.domain.party import Parties
from gateway.domain.referral import OPEN, Referral
from gateway.domain.target import SubjectIdentifier
from gateway.service.log.completeness import Completeness
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.person.discretion import Discretion
from gateway.service.person.hold_back import (
    ABOUT_DISCLOSURE,
    BY_OFFICER,
    PENDING,
    UNREADABLE,
    AccountContext,
    HoldBack,
    held_elements,
    reasons,
    unknown_elements,
)
from gateway.service.person.lookup import Access, PersonIndex, whole_accesses
from gateway.service.ports import Clock, DisclosureLog

NOT_COMPLETE: Final = "the account would not be complete, so none is given"
ANSWER_WITHIN: Final = timedelta(days=30)

Fate = Literal["pending", "refused", "released"]
"""What became of a request that a person decides: nothing yet; refused or lapsed; released, by an entry of its own."""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line, in codes. `at` is UTC. `elements` are name and form, empty where the request was refused; `repeats` is
    the entry whose answer was sent again."""

    entry_index: int
    at: datetime
    requester: str
    recipient: str | None
    custodian: str | None
    record_type: str | None
    purpose: str | None
    ground: str | None
    agreement: AgreementRef | None
    authorities: tuple[str, ...]
    elements: tuple[tuple[str, str], ...]
    refused: bool
    repeats: int | None


@dataclass(frozen=True, slots=True)
class Held:
    """An entry that stays out of the letter, and why. `elements` are those held back of a line that leaves."""

    entry_index: int
    kind: str
    why: HoldBack
    elements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """The whole account. Only `lines` and `law` are for the person; the rest is for the officer.

    law: the Act under which the person asked. told: lines that the officer tells, with the reason that would hold them.
    no_disclosure: entries about the person that are no disclosure, with their kind."""

    lines: tuple[AccountLine, ...]
    law: AccessLaw
    held: tuple[Held, ...] = field(repr=False)
    told: tuple[Held, ...] = field(repr=False)
    no_disclosure: tuple[tuple[int, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """An account that is on record as entry `reference`: the request's date, the answer's time (UTC), and the last day
    for it."""

    account: Account
    reference: int
    unit: str
    received: date
    answered_at: datetime

    @property
    def answer_by(self) -> date:
        return self.received + ANSWER_WITHIN


class Referrals(Protocol):
    async def opened_by(self, entry_index: int) -> Referral | None:
        """The referral that this entry opened, or None. Raises LogUnavailableError."""


class AccountDrafting(Protocol):
    def letter(self, answered: Answered, lang: Literal["en", "fr"]) -> str:
        """The letter to the person, as marked lines."""

    def machine(self, answered: Answered) -> Mapping[str, Any]:
        """The same for a program."""


class Accounting:
    """The use case. `kinds` are the kinds of the purposes by code."""

    def __init__(
        self,
        index: PersonIndex,
        log: DisclosureLog,
        clock: Clock,
        *,
        completeness: Completeness,
        referrals: Referrals,
        parties: Parties,
        catalogue: Catalogue,
        kinds: Mapping[str, str],
    ) -> None:
        self._index = index
        self._log = log
        self._clock = clock
        self._completeness = completeness
        self._referrals = referrals
        self._parties = parties
        self._catalogue = catalogue
        self._kinds = kinds

    async def __call__(
        self,
        identifiers: Sequence[SubjectIdentifier],
        *,
        actor: Actor,
        received: date,
        discretion: Discretion | None = None,
    ) -> Answered:
        """The account of the person with these identifiers (at least one), in answer to a request of `received`, by a
        unit that is under an access law.

        Raises LogUnavailableError, NotCompleteError or AccountError, and then nothing is shown; EntryError for a unit
        that is no code."""
        known, decided = tuple(identifiers), discretion or Discretion()
        now = self._clock.now()
        context = AccountContext(known, self._parties, self._catalogue, self._kinds, actor.unit)
        accesses = await whole_accesses(self._index, self._completeness, known, NOT_COMPLETE)
        account = compose(accesses, context, await self._fates(accesses), decided)
        decided.check(
            [one.entry_index for one in account.told],
            [one.entry_index for one in account.held if one.why.reason == BY_OFFICER],
        )
        details: dict[str, JsonValue] = {"received": received.isoformat(), **decided.as_json()}
        submission = staff_submission(
            action="account-for-person",
            actor=actor,
            now=now,
            subject=known[0],
            also_known_as=known,
            details=details,
        )
        receipt = await put_on_record(self._log, submission, "the account")
        return Answered(account, receipt.entry_index, actor.unit, received, now)

    async def _fates(self, accesses: Sequence[Access]) -> Mapping[int, Fate]:
        """What became of every referral among these; a repeated request shares the fate of the first."""
        found = {one.entry_index: one.entry for one in accesses if one.entry.kind == "referral"}
        return {index: fate_of(await self._opened(index, entry)) for index, entry in found.items()}

    async def _opened(self, index: int, entry: Entry) -> Referral | None:
        opened = await self._referrals.opened_by(index)
        if opened is None and entry.refers_to is not None:
            return await self._referrals.opened_by(entry.refers_to)
        return opened


def fate_of(referral: Referral | None) -> Fate:
    """What became of a referral; its last entry says the same."""
    if referral is None or referral.state in OPEN:
        return "pending"
    return "released" if referral.ruling and referral.ruling.determination else "refused"


def compose(
    accesses: Sequence[Access],
    context: AccountContext,
    fates: Mapping[int, Fate] | None = None,
    discretion: Discretion | None = None,
) -> Account:
    """The account that these accesses give; oldest first, one line an entry, however often it names the person."""
    decided, known = discretion or Discretion(), fates or {}
    by_entry: dict[int, list[Access]] = {}
    for access in accesses:
        if context.concerns(access.entry):
            by_entry.setdefault(access.entry_index, []).append(access)
    lines: list[AccountLine] = []
    held: dict[int, Held] = {}
    told: list[Held] = []
    partly: list[Held] = []
    other: list[tuple[int, str]] = []
    for index in sorted(by_entry):
        entry = by_entry[index][0].entry
        fate = known.get(index, "pending") if entry.kind == "referral" else None
        if entry.kind not in ABOUT_DISCLOSURE or fate == "released":
            other.append((index, entry.kind))
            continue
        found = _reasons(by_entry[index], context) + ([PENDING] if fate == "pending" else [])
        tells = decided.tells(index, found)
        if not found and index in decided.hold:
            found = [BY_OFFICER]
        if entry.kind in {"denial", "redelivery"} and entry.refers_to in held and (tells or not found):
            # Saying that a request was made again would tell that it was made.
            found, tells = [held[entry.refers_to].why.reason], False
        why = HoldBack.of(found[0], context.law) if found else None
        if why is not None and not tells:
            held[index] = Held(index, entry.kind, why)
            continue
        if why is not None:
            told.append(Held(index, entry.kind, why))
        without = {
            "another-person": held_elements(entry, context),
            UNREADABLE: () if tells else unknown_elements(entry, context),
        }
        partly += [
            Held(index, entry.kind, HoldBack.of(reason, context.law), names)
            for reason, names in without.items()
            if names
        ]
        lines.append(_line(by_entry[index][0], [name for names in without.values() for name in names]))
    everything = sorted((*held.values(), *partly), key=lambda one: one.entry_index)
    return Account(tuple(lines), context.law, tuple(everything), tuple(told), tuple(other))


def _reasons(accesses: Sequence[Access], context: AccountContext) -> list[str]:
    """Every reason that any private part of one entry gives."""
    return list(dict.fromkeys(reason for one in accesses for reason in reasons(one.entry, one.private, context)))


def _line(access: Access, without: Sequence[str]) -> AccountLine:
    entry = access.entry
    return AccountLine(
        entry_index=access.entry_index,
        at=parse_time(entry.time),
        requester=entry.requester,
        recipient=entry.recipient,
        custodian=entry.custodian,
        record_type=entry.record_type,
        purpose=entry.purpose,
        ground=entry.ground,
        agreement=entry.agreement,
        authorities=entry.authorities.discloser,
        elements=tuple((item.element, item.form) for item in entry.disclosed if item.element not in without),
        refused=entry.effect != "permit",
        repeats=entry.refers_to if entry.kind == "redelivery" else None,
    )
