"""The monthly sample: some entries of each month that is over, reviewed one by one, on record.

Invariants: what is drawn follows from the log alone (`drawing`), so that it needs no row and cannot be changed; a
review is durable before it counts, and there is one for each entry. A sample is due at the end of the month after.
Does not: open a private part; who reviews looks at the entry as anybody of the institution may.
"""

import asyncio
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

from audit import canonical
from gateway.domain.actor import Actor
from gateway.domain.due import legal_day
from gateway.domain.private_record import PrivateRecord
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import Receipt, StateChange
from gateway.service.flags.drawing import drawn, seed_of
from gateway.service.flags.reviewing import MOST_WORDS, FlagError, PrivateParts
from gateway.service.flags.reviewing import Rows as StateRows
from gateway.service.flags.seen import REQUESTS
from gateway.service.flags.words import REVIEWED
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import Question
from gateway.service.projection.reading import Follower, Projection, ProjectionError, Rows

KIND: Final = "sample"
DONE: Final = "reviewed"
MONTHS_SHOWN: Final = 6
SECONDS_LATE: Final = timedelta(minutes=5)


class Roots(Protocol):
    def root(self, size: int) -> bytes:
        """The root of the tree of so many entries. Blocks; raises LogUnavailableError."""


@dataclass(frozen=True, slots=True)
class SampledEntry:
    """`reviewed` is the entry of the review, None while it waits."""

    entry_index: int
    outcome: str | None
    reviewed: int | None


@dataclass(frozen=True, slots=True)
class Sample:
    """`size` is that of the tree whose `root` (hex) gave the seed, `of` how many entries it was drawn from."""

    month: str
    institution: str
    entries: tuple[SampledEntry, ...]
    of: int
    size: int
    root: str
    due: date
    overdue: bool

    @property
    def waiting(self) -> int:
        return sum(one.reviewed is None for one in self.entries)


@dataclass(frozen=True, slots=True)
class _Drawn:
    indexes: tuple[int, ...]
    of: int
    size: int
    root: bytes


class Sampling:
    """The use case; `count` entries are drawn for each institution and month."""

    def __init__(
        self,
        projection: Projection,
        follower: Follower,
        rows: Rows,
        roots: Roots,
        states: StateRows,
        archive: PrivateParts,
        log: DisclosureLog,
        clock: Clock,
        count: int,
    ) -> None:
        self._projection = projection
        self._follower = follower
        self._rows = rows
        self._roots = roots
        self._states = states
        self._archive = archive
        self._log = log
        self._clock = clock
        self._count = count
        self._drawn: dict[tuple[str, str], _Drawn] = {}

    async def months(self) -> list[str]:
        """The months that are over and in the log, the newest first, at most six."""
        oldest = (await self._follower.standing()).oldest
        month = _before(legal_day(self._clock.now()))
        found: list[str] = []
        while oldest is not None and len(found) < MONTHS_SHOWN and month >= legal_day(oldest).replace(day=1):
            found.append(f"{month:%Y-%m}")
            month = _before(month)
        return found

    async def of(self, institution: str, month: str) -> Sample:
        """The sample of a month that is over. Raises FlagError, ProjectionError, LogUnavailableError."""
        if month not in await self.months():
            raise FlagError("sample-month", "month: one that is over and in the log, written as 2026-10")
        made = self._drawn.get((institution, month)) or await self._draw(institution, month)
        members = {"institution": institution, "month": month}
        done = await self._states.page(KIND, states=(DONE,), members=members, limit=max(1, len(made.indexes)))
        by_entry = {int(str(row.body["entry"])): row for row in done}
        entries = tuple(_entry(index, by_entry.get(index)) for index in made.indexes)
        due = _due(month)
        late = legal_day(self._clock.now()) > due and any(one.reviewed is None for one in entries)
        return Sample(month, institution, entries, made.of, made.size, made.root.hex(), due, late)

    async def all(self, institution: str) -> Sequence[Sample]:
        """Those of the last months, the newest first."""
        return [await self.of(institution, month) for month in await self.months()]

    async def words_of(self, one: SampledEntry) -> Mapping[str, str] | None:
        """Who reviewed it and in which words; None while it waits."""
        part = None if one.reviewed is None else await self._archive.private_part(one.reviewed)
        if part is None:
            return None
        record = PrivateRecord.opened(part)
        return {"officer": str(record.body["acting_officer"]), "words": str(record.details["words"])}

    async def review(
        self, institution: str, month: str, entry_index: int, *, outcome: str, words: str, actor: Actor
    ) -> Receipt:
        """Put a review on record. Raises FlagError, ProjectionError, LogUnavailableError."""
        if outcome not in REVIEWED["en"]:
            raise FlagError("sample-outcome", f"outcome: one of {', '.join(REVIEWED['en'])}")
        said = words.strip()
        if not said or len(said) > MOST_WORDS:
            raise FlagError("sample-words", f"words: say in 1 to {MOST_WORDS} characters what was looked at")
        sample = await self.of(institution, month)
        one = next((found for found in sample.entries if found.entry_index == entry_index), None)
        conflict = FlagError("sample-none", "this entry is not in the sample, or was reviewed already")
        if one is None or one.reviewed is not None:
            raise conflict
        body = {"institution": institution, "month": month, "entry": entry_index, "outcome": outcome}
        submission = staff_submission(
            action="sample-reviewed",
            actor=actor,
            now=self._clock.now(),
            details={"month": month, "entry": entry_index, "outcome": outcome, "words": said},
            refers_to=entry_index,
            changes=(StateChange(KIND, f"{institution}-{month}-{entry_index}", 0, DONE, canonical.encode(body)),),
        )
        return await put_on_record(self._log, submission, "the review", conflict)

    async def _draw(self, institution: str, month: str) -> _Drawn:
        first = date.fromisoformat(f"{month}-01")
        last = first.replace(day=monthrange(first.year, first.month)[1])
        standing = await self._follower.standing()
        beyond = standing.newest is not None and legal_day(standing.newest - SECONDS_LATE) > last
        if not (standing.whole or beyond):
            raise ProjectionError("the projection of the log has not read the whole month yet; ask again later")
        groups = (await self._projection.group(Question(first=first, last=last), [Column.MONTH])).groups
        size = max((group.last_index + 1 for group in groups), default=0)
        question = Question({Column.KIND: tuple(sorted(REQUESTS))}, first, last, institution)

        def look() -> _Drawn:
            root, of = (
                self._roots.root(size),
                [row.entry_index for rows in self._rows.rows(question, size) for row in rows],
            )
            return _Drawn(drawn(seed_of(root, institution, month), of, self._count), len(of), size, root)

        made = await asyncio.to_thread(look)
        self._drawn[institution, month] = made
        return made


def _before(day: date) -> date:
    """The first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _due(month: str) -> date:
    first = date.fromisoformat(f"{month}-01")
    follows = first.replace(day=monthrange(first.year, first.month)[1]) + timedelta(days=1)
    return follows.replace(day=monthrange(follows.year, follows.month)[1])


def _entry(index: int, row: StateRecord | None) -> SampledEntry:
    return (
        SampledEntry(index, None, None)
        if row is None
        else SampledEntry(index, str(row.body["outcome"]), row.entry_index)
    )
