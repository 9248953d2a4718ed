"""Who of staff did what: the acts on record with the officers' names, which their private parts hold.

Invariants: looking is itself an act, on record before a private part is opened; of a private part nothing but the
officer's name and how they were identified is told. What a person does in their office is not personal information
that the Act protects from being told (Privacy Act s. 3(j)); whom an act concerned is, and is not told. Reading is
bounded: the acts are looked through newest first, and the answer says where it stopped.
Does not: say who may look (`gateway.staff.authorization`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from audit.canonical import JsonValue
from audit.entry import Kind
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.domain.officer import folded
from gateway.domain.private_record import PrivateRecord
from gateway.domain.submission import Receipt
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog, EntryArchive
from gateway.service.projection.questions import Question
from gateway.service.projection.reading import Projection
from gateway.service.projection.rows import Row

ACTION: Final = "acts-looked-up"
ACT_KINDS: Final[tuple[Kind, ...]] = (
    "staff-action", "publication", "suspension", "correction", "notice", "disposal", "hold", "erasure", "key-change",
)  # fmt: skip
"""Kinds of entries that say what staff did, or what the gateway did by itself."""
READ_AT_MOST: Final = 2_000
"""So many private parts are opened for one answer."""
_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class NamedAct:
    """An act and who did it. `officer` is None where the private part was erased or cannot be read; `identified` says
    how it was known who they are."""

    row: Row
    officer: str | None = field(repr=False)
    identified: str | None


@dataclass(frozen=True, slots=True)
class NamedActs:
    """Newest first. `read` acts were looked through; `before` goes on from there, None at the end."""

    acts: tuple[NamedAct, ...]
    read: int
    before: int | None
    up_to: int
    receipt: Receipt


class StaffActs:
    """The use case."""

    def __init__(self, projection: Projection, archive: EntryArchive, log: DisclosureLog, clock: Clock) -> None:
        self._projection = projection
        self._archive = archive
        self._log = log
        self._clock = clock

    async def named(
        self, question: Question, officer: str | None, *, before: int | None, limit: int, actor: Actor
    ) -> NamedActs:
        """The acts of a question, of one officer where one is named, in whatever letters. Raises ProjectionError,
        LogUnavailableError."""
        wanted = None if officer is None else folded(officer)
        details: dict[str, JsonValue] = {"question": question.as_json(), "officer": officer}
        submission = staff_submission(action=ACTION, actor=actor, now=self._clock.now(), details=details)
        receipt = await put_on_record(self._log, submission, "the look-up")
        found: list[NamedAct] = []
        read, up_to = 0, 0
        while True:
            page = await self._projection.page(question, before=before, limit=_PAGE)
            up_to = page.up_to
            for row in page.rows:
                read += 1
                named = await self._named(row)
                if wanted is None or (named.officer is not None and folded(named.officer) == wanted):
                    found.append(named)
                if len(found) == limit or read == READ_AT_MOST:
                    return NamedActs(tuple(found), read, row.entry_index, up_to, receipt)
            before = page.before
            if before is None:
                return NamedActs(tuple(found), read, None, up_to, receipt)

    async def _named(self, row: Row) -> NamedAct:
        part = await private_body(self._archive, row.entry_index)
        officer, identified = part.get("acting_officer"), part.get("identified")
        return NamedAct(row, officer, identified if isinstance(identified, str) else None)


async def private_body(archive: EntryArchive, entry_index: int) -> Mapping[str, Any]:
    """What a private part holds; nothing where it was erased or does not open."""
    try:
        plaintext = await archive.private_part(entry_index)
        return {} if plaintext is None else PrivateRecord.opened(plaintext).body
    except (LogUnavailableError, ValueError):
        return {}
