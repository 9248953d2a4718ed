"""Erases what the log keeps about a person, when the law lets it, and leaves every proof valid.

Invariant 10: ciphertext, key and search tokens go, entries and their salted commitments stay. Holds (an open access
request, litigation) and the minimum retention after last use come first: two years under the Privacy Regulations s.4,
one year under Ontario's FIPPA and MFIPPA regulations. What was filed apart from the person's own file
(`domain.request.separate_file`) goes with it or neither goes; it is kept two years at least (Privacy Act 8(4)). The
checks, the deletion and the `erasure` entry, which cites the authority and names nobody, are one transaction; the entry
lists in its private part what went, so that a gap can be told from a loss (`gateway.adapters.log.erasing`).
What is erased cannot be brought back, so rows that the log does not bear out stop it: one of them may have been a hold.
Does not: reach copies: backups, and keys of other subjects under which a shared part was sealed (docs/durability.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from gateway.domain.actor import Actor
from gateway.domain.submission import Receipt, Submission
from gateway.domain.target import SubjectIdentifier, separate_file
from gateway.service.log.completeness import KeptRows, require_whole
from gateway.service.log.staff_action import staff_submission
from gateway.service.ports import Clock

MINIMUM_FEDERAL: Final = timedelta(days=731)
MINIMUM_ONTARIO: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Erased:
    """Done: the erasure entry, and how many private parts are gone."""

    receipt: Receipt
    parts: int


@dataclass(frozen=True, slots=True)
class Held:
    """Refused: these holds are open."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TooRecent:
    """Refused: last used at this time (UTC), within the minimum retention."""

    last_used: datetime


@dataclass(frozen=True, slots=True)
class NothingKept:
    """There is nothing to erase."""


ErasureOutcome = Erased | Held | TooRecent | NothingKept


@dataclass(frozen=True, slots=True)
class PersonFile:
    """What is filed under one token; erased only if it was last used at `unused_since` (UTC) or before."""

    subject: SubjectIdentifier
    unused_since: datetime


class ErasureLog(Protocol):
    async def erase(self, submission: Submission, files: Sequence[PersonFile]) -> ErasureOutcome:
        """Check each file, delete all of them and append in one transaction. Raises LogUnavailableError."""


class Erasure:
    """The use case."""

    def __init__(self, log: ErasureLog, clock: Clock, kept: KeptRows) -> None:
        self._log = log
        self._clock = clock
        self._kept = kept

    async def erase(
        self, subject: SubjectIdentifier, *, authority: str, actor: Actor, minimum: timedelta
    ) -> ErasureOutcome:
        """Erase on this authority (a provision's identifier), unless held or last used less than `minimum` ago.

        Raises:
            EntryError: authority or unit is not an identifier. LogUnavailableError: nothing was erased.
            NotCompleteError: a row of state is not what the log says, or is not there, and may be a hold.
        """
        require_whole(await self._kept.before_erasure(), "a hold may be missing, so nothing is erased")
        now = self._clock.now()
        submission = staff_submission(action="erased", actor=actor, now=now, kind="erasure", authority=authority)
        files = (
            PersonFile(subject, now - minimum),
            PersonFile(separate_file(subject), now - max(minimum, MINIMUM_FEDERAL)),
        )
        return await self._log.erase(submission, files)
