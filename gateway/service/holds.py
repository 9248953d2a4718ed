"""Places and lifts holds: while one is open, nothing about the person is erased (an access request, litigation).

Invariant: a hold takes effect before it is on record, and is on record as lifted before it ends, so that a failure in
between errs on the side of keeping. Codes are lower-case words, `access-request` for example.
Does not: erase (gateway.service.erasure).
"""

import asyncio
from typing import Protocol

from gateway.domain.disclosure import CommitOutcome, Receipt, Submission
from gateway.domain.errors import LogUnavailableError
from gateway.domain.request import SubjectIdentifier
from gateway.service.ports import Clock
from gateway.service.staff_action import staff_submission


class HoldStore(Protocol):
    """Every method raises LogUnavailableError."""

    def place(self, subject: SubjectIdentifier, code: str, placed_at: int) -> bool: ...

    def lift(self, subject: SubjectIdentifier, code: str) -> bool: ...


class HoldLog(Protocol):
    async def commit(self, submission: Submission) -> CommitOutcome: ...


class Holds:
    """The use cases."""

    def __init__(self, store: HoldStore, log: HoldLog, clock: Clock) -> None:
        self._store = store
        self._log = log
        self._clock = clock

    async def place(self, subject: SubjectIdentifier, code: str, *, unit: str, officer: str) -> Receipt:
        """Keep everything about a subject until the hold is lifted. Raises LogUnavailableError, EntryError."""
        submission = self._submission("hold-placed", subject, code, unit, officer)
        await asyncio.to_thread(self._store.place, subject, code, int(self._clock.now().timestamp()))
        return await self._record(submission)

    async def lift(self, subject: SubjectIdentifier, code: str, *, unit: str, officer: str) -> Receipt:
        """End a hold. Raises LogUnavailableError, EntryError."""
        receipt = await self._record(self._submission("hold-lifted", subject, code, unit, officer))
        await asyncio.to_thread(self._store.lift, subject, code)
        return receipt

    def _submission(self, action: str, subject: SubjectIdentifier, code: str, unit: str, officer: str) -> Submission:
        return staff_submission(
            action=action,
            unit=unit,
            officer=officer,
            now=self._clock.now(),
            kind="hold",
            subject=subject,
            details={"hold": code},
        )

    async def _record(self, submission: Submission) -> Receipt:
        outcome = await self._log.commit(submission)
        if not isinstance(outcome, Receipt):
            raise LogUnavailableError("the hold could not be put on record")
        return outcome
