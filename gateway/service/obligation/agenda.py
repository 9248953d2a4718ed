"""The work list by its clock: what is overdue, due today, within a week, later, without a day or done; several at once.

Invariants: every duty is in exactly one slot, told apart as `state_of` does, with the days of Ottawa; several duties
that are said to be done are as many entries, and one that is refused keeps none of the others from counting.
Does not: fulfil a duty itself, or open a draft (`gateway.service.obligation.work_list`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, Protocol, get_args

from gateway.domain.actor import Actor
from gateway.domain.due import end_of_day
from gateway.domain.submission import ObligationRef
from gateway.service.obligation.opened_duty import WorkRow
from gateway.service.obligation.work_list import Fulfilled, NotFulfilled, Work, WorkList
from gateway.service.ports import Clock

Slot = Literal["overdue", "today", "week", "later", "standing", "done"]
SLOTS: Final[tuple[Slot, ...]] = get_args(Slot)
DATED: Final[tuple[Slot, ...]] = ("overdue", "today", "week", "later")
WEEK: Final = 7
MOST_COUNTED: Final = 1_000
"""Duties of a slot are counted up to here, so that a list of millions opens as fast as any."""
MOST_LISTED: Final = 200
MOST_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows: done or open; of the open ones those without a day, or due from `after` on and before `until` (aware,
    in whole seconds, half-open)."""

    done: bool = False
    dated: bool = True
    after: datetime | None = None
    until: datetime | None = None


class AgendaStore(Protocol):
    """Every method raises LogUnavailableError; without units or codes it is about all of them."""

    async def within(
        self, window: Window, units: Sequence[str], codes: Sequence[str], limit: int, skip: int
    ) -> Sequence[WorkRow]:
        """At most `limit` rows after `skip`: the earliest due first; of done ones the latest first."""

    async def count_within(self, window: Window, units: Sequence[str], codes: Sequence[str], most: int) -> int:
        """How many rows there are, counted up to `most`."""

    async def codes_of(self, units: Sequence[str]) -> Sequence[str]:
        """The codes of open duties that have a day, sorted."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """A page; `counts` are of the slots that have a day and of those asked for, under the same filters, at most
    `MOST_COUNTED` each: what is standing or done is most of all there ever was, and is counted only to be shown."""

    counts: Mapping[Slot, int]
    work: Mapping[Slot, Sequence[Work]]
    codes: Sequence[str]


class DutyAgenda:
    """The use cases."""

    def __init__(self, store: AgendaStore, work_list: WorkList, clock: Clock) -> None:
        self._store = store
        self._work_list = work_list
        self._clock = clock

    async def page(
        self,
        slots: Sequence[Slot],
        *,
        units: Sequence[str] = (),
        codes: Sequence[str] = (),
        limit: int = MOST_LISTED,
        skip: int = 0,
    ) -> Agenda:
        """At most `limit` duties of these slots together, after the first `skip`, slot by slot.

        Raises LogUnavailableError."""
        now = self._clock.now()
        windows = windows_at(now)
        counted = [slot for slot in SLOTS if slot in DATED or slot in slots]
        counts = {slot: await self._store.count_within(windows[slot], units, codes, MOST_COUNTED) for slot in counted}
        left, skip = max(1, min(limit, MOST_LISTED)), max(0, skip)
        work: dict[Slot, Sequence[Work]] = {}
        for slot in (one for one in SLOTS if one in slots):
            if skip >= counts[slot] and counts[slot] < MOST_COUNTED:
                skip -= counts[slot]
                continue
            rows = await self._store.within(windows[slot], units, codes, left, skip) if left else []
            skip, left = 0, left - len(rows)
            if rows:
                work[slot] = await self._work_list.work(rows, now)
        return Agenda(counts, work, await self._store.codes_of(units))

    async def done_each(
        self, duties: Sequence[ObligationRef], *, actor: Actor, how: str | None, sent_on: date | None, note: str | None
    ) -> Sequence[tuple[ObligationRef, Fulfilled | NotFulfilled]]:
        """Say of each that it is fulfilled, in the same way on the same day; each is an entry of its own.

        Raises LogUnavailableError, EntryError."""
        return [
            (duty, await self._work_list.done(duty, actor=actor, how=how, sent_on=sent_on, note=note))
            for duty in dict.fromkeys(duties)
        ]


def windows_at(now: datetime) -> Mapping[Slot, Window]:
    """The slots at this instant (aware). What is due in this very second is not overdue."""
    second = now.replace(microsecond=0)
    today, week = end_of_day(now, 0), end_of_day(now, WEEK)
    return {
        "overdue": Window(until=second),
        "today": Window(after=second, until=_after(today)),
        "week": Window(after=_after(today), until=_after(week)),
        "later": Window(after=_after(week)),
        "standing": Window(dated=False),
        "done": Window(done=True),
    }


def _after(last_second: datetime) -> datetime:
    return datetime.fromtimestamp(int(last_second.timestamp()) + 1, last_second.tzinfo)
