"""Answers "who saw this person's data?": every entry that names the person, decrypted for a privacy officer.

Invariant: looking is itself an entry, made durable before anything is shown. The account for the person leaves out
what the law keeps back: requests of investigative bodies (Privacy Act 22.3 and 8(2)(e)), and what staff did meanwhile.
Does not: decide who may look, or what a municipality supplied in confidence (the officer reviews the account).
"""

import json
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from audit.entry import Entry
from gateway.domain.disclosure import CommitOutcome, Receipt, Submission
from gateway.domain.errors import LogUnavailableError
from gateway.domain.request import SubjectIdentifier
from gateway.service.ports import Clock
from gateway.service.staff_action import staff_submission

KEPT_BACK_GROUNDS: Final = frozenset({"investigative-request"})
KEPT_BACK_KINDS: Final = frozenset({"staff-action", "hold"})


class PersonIndex(Protocol):
    """Raises LogUnavailableError."""

    async def filed_under(self, subject: SubjectIdentifier) -> tuple[tuple[int, int], ...]:
        """Entry index and part number of all that names the subject, oldest first."""

    async def entry(self, entry_index: int) -> Receipt | None: ...

    async def part(self, entry_index: int, number: int) -> bytes | None:
        """The plaintext of a private part, None when erased."""


class StaffLog(Protocol):
    async def commit(self, submission: Submission) -> CommitOutcome: ...


@dataclass(frozen=True, slots=True)
class Access:
    """One entry that names the person, with its private part (for the officer's eyes; None when erased)."""

    entry_index: int
    entry: Entry
    private: dict[str, Any] | None = field(repr=False)


class Lookup:
    """The use case."""

    def __init__(self, index: PersonIndex, log: StaffLog, clock: Clock) -> None:
        self._index = index
        self._log = log
        self._clock = clock

    async def accesses(
        self, subject: SubjectIdentifier, *, unit: str, officer: str, for_the_person: bool = False
    ) -> tuple[Access, ...]:
        """All entries that name the subject, oldest first, the look-up itself not among them.

        Raises LogUnavailableError; then nothing is shown."""
        filed = await self._index.filed_under(subject)
        action = "account-for-person" if for_the_person else "person-looked-up"
        submission = staff_submission(action=action, unit=unit, officer=officer, now=self._clock.now(), subject=subject)
        if not isinstance(await self._log.commit(submission), Receipt):
            raise LogUnavailableError("the look-up could not be put on record; nothing is shown")
        found = [await self._access(index, part) for index, part in filed]
        if for_the_person:
            return tuple(one for one in found if _may_be_told(one.entry))
        return tuple(found)

    async def _access(self, entry_index: int, part: int) -> Access:
        receipt = await self._index.entry(entry_index)
        if receipt is None:
            raise LogUnavailableError("the index names an entry that the log does not have")
        plaintext = await self._index.part(entry_index, part)
        private = None if plaintext is None else json.loads(plaintext)["part"]
        return Access(entry_index, Entry.from_bytes(receipt.entry), private)


def _may_be_told(entry: Entry) -> bool:
    return entry.ground not in KEPT_BACK_GROUNDS and entry.kind not in KEPT_BACK_KINDS
