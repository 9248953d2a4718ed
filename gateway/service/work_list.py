"""Obligations as work: what is due, overdue and done, the notices they demand, and people saying that one is fulfilled.

Invariant: nothing is silently dropped. Every obligation is in exactly one state, and the counts of the states add up
to the rows. A duty is fulfilled by one entry: of two people who mark it, one is told that it is done already.
A notice that is held (an address that the employer controls) is marked as sent only with a reason. Reading a notice is
itself an entry. Does not: send anything, or draft notices itself (`gateway.adapters.letters`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, Protocol

from audit.entry import Entry, Kind
from audit.vocabulary import parse_time
from gateway.domain.disclosure import CaseChanged, CommitOutcome, ObligationRef, Receipt, Submission
from gateway.domain.errors import LogUnavailableError
from gateway.domain.party import Parties
from gateway.domain.request import SubjectIdentifier
from gateway.service.evidence import apart
from gateway.service.lookup import put_on_record
from gateway.service.notices import NOTICES, Drafting, Notice, NoticeError, NoticeFacts, notice_of_json
from gateway.service.ports import Clock
from gateway.service.staff_action import staff_submission

State = Literal["overdue", "due", "standing", "done"]
STATES: Final[tuple[State, ...]] = ("overdue", "due", "standing", "done")
_APART: Final = apart(SubjectIdentifier("", "")).scheme


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One obligation. `unit` is bound; `due` and `done_at` are UTC in whole seconds; without `due` it is a standing
    duty, which no day ends."""

    ref: ObligationRef
    code: str
    unit: str
    due: datetime | None
    done_at: datetime | None


def state_of(row: WorkRow, now: datetime) -> State:
    """Done, standing, due until the second it is due has passed, overdue after."""
    if row.done_at is not None:
        return "done"
    if row.due is None:
        return "standing"
    return "overdue" if int(now.timestamp()) > int(row.due.timestamp()) else "due"


class WorkStore(Protocol):
    """Every method raises LogUnavailableError; `now` is aware, and read in whole seconds as `state_of` does."""

    async def counts(self, now: datetime, unit: str | None) -> Mapping[State, int]:
        """How many rows are in each state, all of them named; of one unit where it is given."""

    async def rows(self, states: Sequence[State], now: datetime, unit: str | None, limit: int) -> Sequence[WorkRow]:
        """At most `limit` rows in these states: dated ones first, the earliest first, then as they were made."""

    async def of_entry(self, entry_index: int) -> Sequence[WorkRow]:
        """The obligations of one entry, by position."""


class Archive(Protocol):
    """Raises LogUnavailableError."""

    async def entry(self, entry_index: int) -> Receipt | None: ...

    async def part(self, entry_index: int, number: int) -> bytes | None: ...


class WorkLog(Protocol):
    async def commit(self, submission: Submission) -> CommitOutcome: ...


@dataclass(frozen=True, slots=True)
class Work:
    """A row with its state and the entry it came with."""

    row: WorkRow
    state: State
    entry: Entry


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the work list; `counts` are of all rows of the unit asked about, shown or not."""

    counts: Mapping[State, int]
    work: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """On record as this entry."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class NotFulfilled:
    """Refused, nothing changed. `code` is `unknown`, `done-already`, `not-bound`, or `held` with the `reason` of it."""

    code: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Opened:
    """An obligation, its entry, what the entry's private parts say about notices, and the people it is about."""

    row: WorkRow
    entry: Entry
    notice: Notice | None
    subjects: tuple[SubjectIdentifier, ...] = field(repr=False)


class WorkList:
    """The use cases."""

    def __init__(
        self,
        *,
        store: WorkStore,
        archive: Archive,
        log: WorkLog,
        drafting: Drafting,
        parties: Parties,
        clock: Clock,
    ) -> None:
        self._store = store
        self._archive = archive
        self._log = log
        self._drafting = drafting
        self._parties = parties
        self._clock = clock

    async def listing(self, states: Sequence[State], *, unit: str | None = None, limit: int = 100) -> Listing:
        """What is to be done. Raises LogUnavailableError."""
        now = self._clock.now()
        rows = await self._store.rows(states, now, unit, limit)
        entries = {index: await self._entry(index) for index in {row.ref.entry_index for row in rows}}
        work = tuple(Work(row, state_of(row, now), entries[row.ref.entry_index]) for row in rows)
        return Listing(await self._store.counts(now, unit), work)

    async def show(self, ref: ObligationRef, *, unit: str, officer: str) -> Notice | NotFulfilled | None:
        """The notice that the duty demands, None where it demands none; reading it is on record first.

        Raises NoticeError where it was not drafted with the decision and the entry alone does not give its facts."""
        opened = await self._open(ref)
        if opened is None:
            return NotFulfilled("unknown")
        if not self._may_act(unit, opened.row.unit):
            return NotFulfilled("not-bound")
        if opened.row.code not in NOTICES:
            return None
        notice = self._notice(opened)
        read = staff_submission(
            action="notice-read",
            unit=unit,
            officer=officer,
            now=self._clock.now(),
            subject=_filed(opened),
            details={"obligation": opened.row.code, "position": ref.position},
            refers_to=ref.entry_index,
        )
        await put_on_record(self._log, read)
        return notice

    async def done(
        self,
        ref: ObligationRef,
        *,
        unit: str,
        officer: str,
        note: str | None = None,
        despite_hold: str | None = None,
    ) -> Fulfilled | NotFulfilled:
        """Say that a duty is fulfilled. `note` and `despite_hold` (why a held notice was sent) stay private.

        Raises LogUnavailableError, EntryError."""
        opened = await self._open(ref)
        if opened is None:
            return NotFulfilled("unknown")
        if not self._may_act(unit, opened.row.unit):
            return NotFulfilled("not-bound")
        if opened.row.done_at is not None:
            return NotFulfilled("done-already")
        held = self._held(opened)
        if held is not None and not despite_hold:
            return NotFulfilled("held", held)
        is_notice = opened.row.code in NOTICES
        kind: Kind = "notice" if is_notice else "staff-action"
        action = "notice-sent-despite-hold" if held else "notice-sent" if is_notice else "obligation-done"
        submission = staff_submission(
            action=action,
            unit=unit,
            officer=officer,
            now=self._clock.now(),
            kind=kind,
            subject=_filed(opened),
            details={
                "obligation": opened.row.code,
                "position": ref.position,
                "note": note,
                "held": held,
                "sent_despite_hold": despite_hold if held else None,
            },
            refers_to=ref.entry_index,
            done=(ref,),
        )
        outcome = await self._log.commit(submission)
        match outcome:
            case Receipt():
                return Fulfilled(outcome)
            case CaseChanged():
                return NotFulfilled("done-already")
            case _:
                raise LogUnavailableError("the duty could not be marked; nothing changed")

    def _may_act(self, unit: str, bound: str) -> bool:
        """A unit of the same institution may act: its privacy office does for all of them."""
        acting, owing = self._parties.find(unit), self._parties.find(bound)
        return unit == bound or (acting and acting.organization) == (owing and owing.organization) is not None

    def _held(self, opened: _Opened) -> str | None:
        if opened.row.code not in NOTICES:
            return None
        try:
            return self._notice(opened).held
        except NoticeError:
            # Written by hand, because it was not drafted with the decision.
            return None

    def _notice(self, opened: _Opened) -> Notice:
        if opened.notice is not None:
            return opened.notice
        return self._drafting.draft(opened.row.code, _facts(opened))

    async def _open(self, ref: ObligationRef) -> _Opened | None:
        rows = await self._store.of_entry(ref.entry_index)
        row = next((one for one in rows if one.ref == ref), None)
        if row is None:
            return None
        entry = await self._entry(ref.entry_index)
        bodies = [await self._body(ref.entry_index, number) for number in range(len(entry.private))]
        drafted = [notice_of_json(kept) for body in bodies for kept in _kept(body) if kept["code"] == row.code]
        # Drafts stand in the order of the obligations they belong to: the second report is the second draft.
        nth = sum(one.code == row.code and one.ref.position < ref.position for one in rows)
        notice = drafted[min(nth, len(drafted) - 1)] if drafted else None
        return _Opened(row, entry, notice, tuple(_named(bodies)))

    async def _entry(self, entry_index: int) -> Entry:
        receipt = await self._archive.entry(entry_index)
        if receipt is None:
            raise LogUnavailableError("the work list names an entry that the log does not have")
        return Entry.from_bytes(receipt.entry)

    async def _body(self, entry_index: int, number: int) -> Mapping[str, Any]:
        plaintext = await self._archive.part(entry_index, number)
        body: Mapping[str, Any] = {} if plaintext is None else json.loads(plaintext)["part"]
        return body


def _kept(body: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    kept: Sequence[Mapping[str, Any]] = body.get("notices") or (body.get("details") or {}).get("notices") or ()
    return kept


def _named(bodies: Sequence[Mapping[str, Any]]) -> list[SubjectIdentifier]:
    """The people that private parts name, as the requests named them, also where they are filed apart."""
    named = [body["subject"] for body in bodies if body.get("subject")]
    return [SubjectIdentifier(one["scheme"].removeprefix(_APART), one["value"]) for one in named]


def _filed(opened: _Opened) -> SubjectIdentifier | None:
    """Under whom the act is filed: apart, where the request must not tip the person off."""
    if not opened.subjects:
        return None
    first = opened.subjects[0]
    return apart(first) if opened.entry.ground == "investigative-request" else first


def _facts(opened: _Opened) -> NoticeFacts:
    """What the entry itself says; what only the decision-maker knew stays empty, and a notice that needs it fails."""
    entry, subjects = opened.entry, opened.subjects
    return NoticeFacts(
        custodian=entry.custodian or "",
        recipient=entry.recipient or "",
        provisions=entry.authorities.discloser,
        elements=tuple(item.element for item in entry.disclosed),
        record_type=entry.record_type or "",
        purpose=entry.purpose or "",
        ground=entry.ground or "",
        decided_at=parse_time(entry.time),
        because="",
        subject=SubjectIdentifier(
            subjects[0].scheme if subjects else "", ", ".join(dict.fromkeys(one.value for one in subjects))
        ),
        address=None,
        address_kind=None,
        before_release=False,
        reference=str(opened.row.ref.entry_index),
    )
