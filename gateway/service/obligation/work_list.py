"""Obligations as work: what is due, overdue and done, the notices they demand, and people saying that one is fulfilled.

Invariant: nothing is silently dropped. Every obligation is in exactly one state, and the counts of the states add up
to the rows. A duty is fulfilled by one entry: of two people who mark it, one is told that it is done already.
A notice that is held (an address that the employer controls) is marked as sent only with a reason. Reading a notice is
itself an entry. Does not: send anything, or draft notices itself (`gateway.adapters.letters`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, Protocol

from audit.entry import Entry, Kind
from gateway.domain.access_law import access_law
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.domain.party import Parties
from gateway.domain.submission import ObligationRef, Receipt, StateConflict
from gateway.domain.target import SubjectIdentifier
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.obligation.due import AFTER_REVIEW
from gateway.service.obligation.notices import NOTICES, Drafting, Notice, NoticeError
from gateway.service.obligation.opened_duty import Archive, OpenedDuty, WorkRow, entry_of, open_duty
from gateway.service.ports import Clock, DisclosureLog

State = Literal["overdue", "due", "standing", "done"]
STATES: Final[tuple[State, ...]] = ("overdue", "due", "standing", "done")
WAYS: Final = ("mail", "courier", "secure-portal", "encrypted-email", "in-person", "on-file")
"""How a notice was given, or a record kept."""


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


@dataclass(frozen=True, slots=True)
class Work:
    """A row with its state and the entry it came with. `addressee` is to whom its notice goes, a code, where it demands
    one; `provision` the one that demands it, where the draft says."""

    row: WorkRow
    state: State
    entry: Entry
    addressee: str | None = None
    provision: str | None = None


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
    """Refused, nothing changed. `code` is `unknown`, `done-already`, `not-bound`, `by-review-only`, or `held` with
    the `reason` of it."""

    code: str
    reason: str | None = None


class WorkList:
    """The use cases."""

    def __init__(
        self,
        *,
        store: WorkStore,
        archive: Archive,
        log: DisclosureLog,
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
        return Listing(await self._store.counts(now, unit), await self.work(rows, now))

    async def work(self, rows: Sequence[WorkRow], now: datetime) -> tuple[Work, ...]:
        """Rows with what a list says of each at `now` (aware). Raises LogUnavailableError."""
        entries = {index: await entry_of(self._archive, index) for index in {row.ref.entry_index for row in rows}}
        return tuple([await self._work(row, entries[row.ref.entry_index], now) for row in rows])

    async def facts(self, ref: ObligationRef) -> Work | None:
        """What a list says of one duty; None where there is none. Raises LogUnavailableError."""
        rows = await self._store.of_entry(ref.entry_index)
        row = next((one for one in rows if one.ref == ref), None)
        return None if row is None else (await self.work([row], self._clock.now()))[0]

    async def of_entry(self, entry_index: int) -> tuple[Work, ...]:
        """The duties that came with an entry, by position. Raises LogUnavailableError."""
        return await self.work(await self._store.of_entry(entry_index), self._clock.now())

    async def people(self, ref: ObligationRef, *, actor: Actor) -> Sequence[SubjectIdentifier] | NotFulfilled:
        """Whom the duty is about, each once. The caller shows nobody before the look-up of one is on record.

        Raises LogUnavailableError."""
        opened = await self._open(ref)
        if opened is None:
            return NotFulfilled("unknown")
        if not self.may_act(actor.unit, opened.row.unit):
            return NotFulfilled("not-bound")
        return tuple(dict.fromkeys(opened.subjects))

    async def show(self, ref: ObligationRef, *, actor: Actor) -> Notice | NotFulfilled | None:
        """The notice that the duty demands, None where it demands none; reading it is on record first.

        Raises NoticeError where it was not drafted with the decision and the entry alone does not give its facts."""
        opened = await self._open(ref)
        if opened is None:
            return NotFulfilled("unknown")
        if not self.may_act(actor.unit, opened.row.unit):
            return NotFulfilled("not-bound")
        if opened.row.code not in NOTICES:
            return None
        notice = self._notice(opened)
        read = staff_submission(
            action="notice-read",
            actor=actor,
            now=self._clock.now(),
            subject=opened.filed,
            details={"obligation": opened.row.code, "position": ref.position},
            refers_to=ref.entry_index,
        )
        await put_on_record(self._log, read, "the reading of this notice")
        return notice

    async def done(
        self,
        ref: ObligationRef,
        *,
        actor: Actor,
        note: str | None = None,
        despite_hold: str | None = None,
        how: str | None = None,
        sent_on: date | None = None,
    ) -> Fulfilled | NotFulfilled:
        """Say that a duty is fulfilled. `note` and `despite_hold` (why a held notice was sent) stay private, and so do
        `how` (a code of `WAYS`) and `sent_on`, the day in Ottawa.

        Raises LogUnavailableError, EntryError."""
        opened = await self._open(ref)
        if opened is None:
            return NotFulfilled("unknown")
        if not self.may_act(actor.unit, opened.row.unit):
            return NotFulfilled("not-bound")
        if opened.row.done_at is not None:
            return NotFulfilled("done-already")
        if opened.row.code == AFTER_REVIEW:
            # Otherwise whoever decided could say that the decision was reviewed.
            return NotFulfilled("by-review-only")
        held = self._held(opened)
        if held is not None and not (despite_hold or "").strip():
            return NotFulfilled("held", held)
        is_notice = opened.row.code in NOTICES
        kind: Kind = "notice" if is_notice else "staff-action"
        action = "notice-sent-despite-hold" if held else "notice-sent" if is_notice else "obligation-done"
        submission = staff_submission(
            action=action,
            actor=actor,
            now=self._clock.now(),
            kind=kind,
            subject=opened.filed,
            details={
                "obligation": opened.row.code,
                "position": ref.position,
                "note": note,
                "how": how,
                "sent_on": sent_on.isoformat() if sent_on else None,
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
            case StateConflict():
                return NotFulfilled("done-already")
            case _:
                raise LogUnavailableError("the duty could not be marked; nothing changed")

    async def _work(self, row: WorkRow, entry: Entry, now: datetime) -> Work:
        """A row of the list; who is told of a breach under which provision is only in its drafts."""
        kind = NOTICES.get(row.code)
        state = state_of(row, now)
        if kind is None or (kind.addressee is not None and not row.code.startswith("breach-")):
            return Work(row, state, entry, kind.addressee if kind else None)
        opened = await open_duty(self._archive, row, await self._store.of_entry(row.ref.entry_index))
        draft = opened.notice
        return Work(row, state, entry, draft.addressee, draft.provision) if draft else Work(row, state, entry)

    def may_act(self, unit: str, bound: str) -> bool:
        """A unit of the same institution may act: its privacy office does for all of them."""
        acting, owing = self._parties.find(unit), self._parties.find(bound)
        return unit == bound or (acting and acting.organization) == (owing and owing.organization) is not None

    def _held(self, opened: OpenedDuty) -> str | None:
        if opened.row.code not in NOTICES:
            return None
        try:
            return self._notice(opened).held
        except NoticeError:
            # Written by hand, because it was not drafted with the decision.
            return None

    def _notice(self, opened: OpenedDuty) -> Notice:
        if opened.notice is not None:
            return opened.notice
        custodian = opened.entry.custodian
        law = access_law(self._parties.find(custodian)) if custodian else None
        return self._drafting.draft(opened.row.code, opened.facts(law))

    async def _open(self, ref: ObligationRef) -> OpenedDuty | None:
        rows = await self._store.of_entry(ref.entry_index)
        row = next((one for one in rows if one.ref == ref), None)
        return None if row is None else await open_duty(self._archive, row, rows)
