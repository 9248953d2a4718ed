"""Answers "who saw this person's data?": every entry that names the person, decrypted for a privacy officer.

Invariant: looking is itself an entry, made durable before anything is shown. All that names the person is found, also
what is filed apart so that it tips nobody off (Privacy Act 8(4), 22).
Does not: decide who may look, or what the person may be told (`gateway.service.person.accounting`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from audit.entry import Entry
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.domain.private_record import PrivateRecord
from gateway.domain.submission import Receipt
from gateway.domain.target import SubjectIdentifier, separate_file
from gateway.service.log.completeness import Completeness, require_whole
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog


class PersonIndex(Protocol):
    """Raises LogUnavailableError."""

    async def filed_under(self, subject: SubjectIdentifier) -> tuple[tuple[int, int], ...]:
        """Entry index and part number of all that names the subject, oldest first."""

    async def entry(self, entry_index: int) -> Receipt | None: ...

    async def part(self, entry_index: int, number: int) -> bytes | None:
        """The plaintext of a private part, None when erased."""


@dataclass(frozen=True, slots=True)
class Access:
    """One entry that names the person, with its private part (for the officer's eyes; None when erased)."""

    entry_index: int
    entry: Entry
    private: dict[str, Any] | None = field(repr=False)


class Lookup:
    """The use case."""

    def __init__(self, index: PersonIndex, log: DisclosureLog, clock: Clock) -> None:
        self._index = index
        self._log = log
        self._clock = clock

    async def accesses(self, subject: SubjectIdentifier, *, actor: Actor) -> tuple[Access, ...]:
        """All entries that name the subject, oldest first, the look-up itself not among them.

        Raises LogUnavailableError; then nothing is shown."""
        filed = await filed_under_any(self._index, (subject,))
        submission = staff_submission(action="person-looked-up", actor=actor, now=self._clock.now(), subject=subject)
        await put_on_record(self._log, submission, "the look-up")
        return await read_accesses(self._index, filed)


async def filed_under_any(index: PersonIndex, subjects: Sequence[SubjectIdentifier]) -> tuple[tuple[int, int], ...]:
    """Entry index and part number of all that names a person by any of these identifiers, each once, oldest first."""
    found: set[tuple[int, int]] = set()
    for subject in subjects:
        found.update(await index.filed_under(subject))
        found.update(await index.filed_under(separate_file(subject)))
    return tuple(sorted(found))


async def whole_accesses(
    index: PersonIndex, completeness: Completeness, subjects: Sequence[SubjectIdentifier], otherwise: str
) -> tuple[Access, ...]:
    """Every entry that names a person by any of these identifiers, where the tables still say so.

    Raises NotCompleteError (`otherwise` is what would be the matter), LogUnavailableError."""
    filed = await filed_under_any(index, subjects)
    require_whole(await completeness.before_account([entry_index for entry_index, _part in filed]), otherwise)
    return await read_accesses(index, filed)


async def read_accesses(index: PersonIndex, filed: Sequence[tuple[int, int]]) -> tuple[Access, ...]:
    """The entries and private parts at these places. Raises LogUnavailableError."""
    return tuple([await _access(index, entry_index, part) for entry_index, part in filed])


async def _access(index: PersonIndex, entry_index: int, part: int) -> Access:
    receipt = await index.entry(entry_index)
    if receipt is None:
        raise LogUnavailableError("the index names an entry that the log does not have")
    private = _opened(await index.part(entry_index, part))
    if private is not None and part > 0:
        # What the decisions on the records of a list saw is in the request's own part.
        request = _opened(await index.part(entry_index, 0)) or {}
        private = {**private, "judged": request.get("judged", [])}
    return Access(entry_index, Entry.from_bytes(receipt.entry), private)


def _opened(plaintext: bytes | None) -> dict[str, Any] | None:
    return None if plaintext is None else dict(PrivateRecord.opened(plaintext).body)
