"""Whom and what a breach concerns: the disclosures of a window of days, to one recipient, under one agreement, of one
requester; their elements, and how many people they name.

Invariants: counts come first and name nobody; whom they are about is opened only with a reading that is on record, and
only for entries that the institution is a party of. What is too much to count is said to be too much, never guessed.
A key is asked for by its unit, because a count opens no private part; which requests a key itself signed is a look-up
of its own (`oversight.signed_by`, ADR 27).
Does not: judge whether there was a breach, or put one on record (`gateway.service.obligation.breach`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from audit.entry import Entry
from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError
from gateway.domain.private_record import PrivateRecord
from gateway.domain.submission import Receipt
from gateway.domain.target import SubjectIdentifier, separate_file
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import Question
from gateway.service.projection.reading import Projection
from gateway.service.projection.rows import Row

MOST_ENTRIES: Final = 2_000
"""Entries of which people are counted and shown."""
_AT_ONCE: Final = 1_000
_APART: Final = separate_file(SubjectIdentifier("", "")).scheme


class TooManyConcernedError(GatewayError):
    """More entries are concerned than people can be counted of."""

    code = "too-many-concerned"


class PeopleIndex(Protocol):
    """Raises LogUnavailableError."""

    async def people_named(self, entries: Sequence[int]) -> int:
        """How many different identifiers of people these entries are filed under first."""

    async def entry(self, entry_index: int) -> Receipt | None: ...

    async def part(self, entry_index: int, number: int) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """Days in Ottawa, both included; codes. `institution` is a party of every entry that is found."""

    institution: str
    first: date
    last: date
    recipient: str | None = None
    requester: str | None = None
    agreement: str | None = None

    def question(self) -> Question:
        """Raises QuestionError."""
        where: dict[Column, tuple[str, ...]] = {Column.EFFECT: ("permit",)}
        for column, value in (
            (Column.RECIPIENT_ORGANIZATION, self.recipient),
            (Column.REQUESTER, self.requester),
            (Column.AGREEMENT, self.agreement),
        ):
            if value is not None:
                where[column] = (value,)
        return Question(where, self.first, self.last, self.institution)


@dataclass(frozen=True, slots=True)
class Scope:
    """In counts and codes. `elements` is entries by record type and element that left; `indexes` and `people` are None
    where there are more entries than `MOST_ENTRIES`; `people` counts identifiers: one person with two is two."""

    entries: int
    records: int
    elements: Mapping[tuple[str, str], int]
    recipients: Mapping[str, int]
    agreements: Mapping[str, int]
    indexes: tuple[int, ...] | None
    people: int | None
    up_to: int


class Concerned:
    """The use cases."""

    def __init__(self, projection: Projection, people: PeopleIndex, log: DisclosureLog, clock: Clock) -> None:
        self._projection = projection
        self._people = people
        self._log = log
        self._clock = clock

    async def scope(self, asked: Asked) -> Scope:
        """Counts, which name nobody. Raises QuestionError, LogUnavailableError."""
        question = asked.question()
        counted = await self._projection.count(question)
        elements = await self._projection.group(question, (Column.RECORD_TYPE, Column.DISCLOSED))
        recipients = await self._projection.group(question, (Column.RECIPIENT,))
        agreements = await self._projection.group(question, (Column.AGREEMENT,))
        indexes = await self._indexes(question) if counted.entries <= MOST_ENTRIES else None
        return Scope(
            entries=counted.entries,
            records=counted.records,
            elements={(one.values[0] or "", one.values[1]): one.entries for one in elements.groups if one.values[1]},
            recipients={one.values[0]: one.entries for one in recipients.groups if one.values[0]},
            agreements={one.values[0]: one.entries for one in agreements.groups if one.values[0]},
            indexes=indexes,
            people=None if indexes is None else await self._people.people_named(indexes),
            up_to=counted.up_to,
        )

    async def named(self, asked: Asked, *, actor: Actor) -> Mapping[SubjectIdentifier, Sequence[int]]:
        """Whom the entries are about, each with the entries that name them; the reading is on record first.

        Raises TooManyConcernedError, QuestionError, LogUnavailableError."""
        question = asked.question()
        if (await self._projection.count(question)).entries > MOST_ENTRIES:
            raise TooManyConcernedError(
                f"more than {MOST_ENTRIES} entries are concerned; narrow the days or the parties"
            )
        indexes = await self._indexes(question)
        reading = staff_submission(
            action="breach-people-read",
            actor=actor,
            now=self._clock.now(),
            details={"question": question.as_json(), "entries": len(indexes)},
        )
        await put_on_record(self._log, reading, "the reading of whom it concerns")
        found: dict[SubjectIdentifier, list[int]] = {}
        for index in indexes:
            for subject in await self._subjects(index):
                found.setdefault(subject, []).append(index)
        return found

    async def _indexes(self, question: Question) -> tuple[int, ...]:
        rows: list[Row] = []
        before: int | None = None
        while True:
            page = await self._projection.page(question, before=before, limit=_AT_ONCE)
            rows += page.rows
            before = page.before
            if before is None or len(rows) > MOST_ENTRIES:
                return tuple(sorted(row.entry_index for row in rows)[:MOST_ENTRIES])

    async def _subjects(self, index: int) -> Sequence[SubjectIdentifier]:
        receipt = await self._people.entry(index)
        if receipt is None:
            return ()
        bodies: list[Mapping[str, Any]] = []
        for number in range(len(Entry.from_bytes(receipt.entry).private)):
            plaintext = await self._people.part(index, number)
            if plaintext is not None:
                bodies.append(PrivateRecord.opened(plaintext).body)
        named = [body["subject"] for body in bodies if body.get("subject")]
        return tuple(
            dict.fromkeys(SubjectIdentifier(one["scheme"].removeprefix(_APART), one["value"]) for one in named)
        )
