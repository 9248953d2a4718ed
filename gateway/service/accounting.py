"""The account of disclosures for a person: who received what about them, under which law, and what was refused.

Invariant: complete. Every entry that names the person is a line of the account, or is held back with a reason that can
be recomputed (`gateway.service.hold_back`), or is no disclosure (what staff did). What is held back leaves no trace in
what the person gets, not even its number (Privacy Act 16(2)); the officer sees all of it. Answering is itself an entry,
durable before anything is shown. Privacy Act 9, 12, 14; MFIPPA 36, FIPPA 47.
Does not: word the letter (`gateway.adapters.letters`), verify who asks, or decide on discretionary exemptions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from audit.entry import AgreementRef
from audit.vocabulary import parse_time
from gateway.domain.element import Catalogue
from gateway.domain.party import Parties
from gateway.domain.request import SubjectIdentifier
from gateway.service.hold_back import ABOUT_DISCLOSURE, AccessLaw, AccountContext, HoldBack, held_elements, hold_back
from gateway.service.lookup import Access, PersonIndex, StaffLog, filed_under_any, put_on_record, read_accesses
from gateway.service.ports import Clock
from gateway.service.staff_action import staff_submission

ANSWER_WITHIN: Final = timedelta(days=30)


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
    """The whole account. Only `lines` and `laws` are for the person; the rest is for the officer.

    `laws`: the Acts under which the person may complain, those of the answering unit and of the lines.
    `no_disclosure`: entries about the person that are no disclosure, with their kind."""

    lines: tuple[AccountLine, ...]
    laws: tuple[AccessLaw, ...]
    held: tuple[Held, ...] = field(repr=False)
    no_disclosure: tuple[tuple[int, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """An account that is on record as entry `reference`: the request's date, the answer's time (UTC), and the last day
    the law gives for it."""

    account: Account
    reference: int
    unit: str
    received: date
    answered_at: datetime

    @property
    def answer_by(self) -> date:
        return self.received + ANSWER_WITHIN


class Accounting:
    """The use case."""

    def __init__(
        self, index: PersonIndex, log: StaffLog, clock: Clock, *, parties: Parties, catalogue: Catalogue
    ) -> None:
        self._index = index
        self._log = log
        self._clock = clock
        self._parties = parties
        self._catalogue = catalogue

    async def __call__(
        self, identifiers: Sequence[SubjectIdentifier], *, unit: str, officer: str, received: date
    ) -> Answered:
        """The account of the person with these identifiers (at least one), in answer to a request of `received`.

        Raises LogUnavailableError, and then nothing is shown; EntryError for a unit that is no code."""
        known = tuple(identifiers)
        now = self._clock.now()
        filed = await filed_under_any(self._index, known)
        made = staff_submission(
            action="account-for-person",
            unit=unit,
            officer=officer,
            now=now,
            subject=known[0],
            details={"received": received.isoformat()},
        )
        # The answer is found under every identifier it was made for.
        submission = replace(made, private=tuple(replace(part, subjects=known) for part in made.private))
        receipt = await put_on_record(self._log, submission)
        accesses = await read_accesses(self._index, filed)
        account = compose(accesses, AccountContext(known, self._parties, self._catalogue, unit))
        return Answered(account, receipt.entry_index, unit, received, now)


def compose(accesses: Sequence[Access], context: AccountContext) -> Account:
    """The account that these accesses give; oldest first, one line an entry, however often it names the person."""
    by_entry: dict[int, list[Access]] = {}
    for access in accesses:
        by_entry.setdefault(access.entry_index, []).append(access)
    lines: list[AccountLine] = []
    held: dict[int, Held] = {}
    partly: list[Held] = []
    other: list[tuple[int, str]] = []
    for index in sorted(by_entry):
        entry = by_entry[index][0].entry
        if entry.kind not in ABOUT_DISCLOSURE:
            other.append((index, entry.kind))
            continue
        found = [why for one in by_entry[index] if (why := hold_back(entry, one.private, context)) is not None]
        if not found and entry.kind == "redelivery" and entry.refers_to in held:
            # Saying that an answer was sent again would tell that it was sent.
            found = [held[entry.refers_to].why]
        if found:
            held[index] = Held(index, entry.kind, found[0])
            continue
        others = held_elements(entry, context)
        if others:
            law = context.law_of(entry.custodian)
            partly.append(Held(index, entry.kind, HoldBack.of("another-person", law), others))
        lines.append(_line(by_entry[index][0], others))
    told = (context.law_of(context.answering), *(context.law_of(line.custodian) for line in lines))
    laws = tuple(dict.fromkeys(told))
    everything = sorted((*held.values(), *partly), key=lambda one: one.entry_index)
    return Account(tuple(lines), laws, tuple(everything), tuple(other))


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
