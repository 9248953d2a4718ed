"""Who may sign for a partner: keys are proposed by one person, approved by another, and revoked by anyone of staff.

Invariant: every change is an entry of the log. An approval is on record before it takes effect; a revocation takes
effect before it is on record, because a stolen key must stop even while the log is down. A unit has at most two
active keys, so that one can be exchanged for the next. A refusal is a value with a stable code.
Does not: verify signatures, or answer look-ups at request time (gateway.adapters.keyring).
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from gateway.domain.disclosure import CommitOutcome, Receipt, Submission
from gateway.domain.errors import LogUnavailableError
from gateway.httpsig.jwk import public_jwk
from gateway.httpsig.keys import PublicKey
from gateway.service.ports import Clock
from gateway.service.staff_action import staff_submission

MOST_ACTIVE: Final = 2


@dataclass(frozen=True, slots=True)
class RegisteredKey:
    """A key as the registry keeps it. `proposed_by` and `approved_by` are tokens of people; times Unix seconds."""

    keyid: str
    unit: str
    jwk: Mapping[str, str]
    algorithm: str
    status: str
    valid_from: int
    valid_until: int | None
    proposed_by: str
    approved_by: str | None


class KeyTable(Protocol):
    """Where keys are kept; every method raises LogUnavailableError."""

    def find(self, keyid: str) -> RegisteredKey | None: ...

    def propose(self, key: RegisteredKey) -> bool: ...

    def activate(self, keyid: str, approved_by: str, now: int, most: int) -> bool: ...

    def revoke(self, keyid: str) -> bool: ...


class ChangeLog(Protocol):
    async def commit(self, submission: Submission) -> CommitOutcome: ...


@dataclass(frozen=True, slots=True)
class KeyChanged:
    """Done, and on record."""

    keyid: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class KeyChangeRefused:
    """Not done: `unknown-key`, `known-key`, `not-proposed`, `same-person`, `too-many-active` or `already-revoked`."""

    code: str


KeyChange = KeyChanged | KeyChangeRefused


class PartnerKeys:
    """The use cases. `staff_token` turns an officer's identifier into what may be stored; `on_change` is told after
    each change in this process, so that its own look-ups follow at once."""

    def __init__(
        self,
        table: KeyTable,
        log: ChangeLog,
        clock: Clock,
        staff_token: Callable[[str], str],
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._table = table
        self._log = log
        self._clock = clock
        self._staff_token = staff_token
        self._on_change = on_change

    async def propose(
        self, key: PublicKey, unit: str, officer: str, *, valid_from: int | None = None, valid_until: int | None = None
    ) -> KeyChange:
        """Register a public key for a unit; it counts for nothing until approved. Raises LogUnavailableError."""
        if await asyncio.to_thread(self._table.find, key.keyid) is not None:
            return KeyChangeRefused("known-key")
        start = int(self._clock.now().timestamp()) if valid_from is None else valid_from
        proposed = RegisteredKey(
            keyid=key.keyid,
            unit=unit,
            jwk=public_jwk(key.raw),
            algorithm=key.algorithm.value,
            status="proposed",
            valid_from=start,
            valid_until=valid_until,
            proposed_by=self._staff_token(officer),
            approved_by=None,
        )
        receipt = await self._record("key-proposed", unit, officer, key.keyid)
        if not await asyncio.to_thread(self._table.propose, proposed):
            return KeyChangeRefused("known-key")
        return self._done(key.keyid, receipt)

    async def approve(self, keyid: str, officer: str) -> KeyChange:
        """Make a proposed key active, by a second person. Raises LogUnavailableError."""
        key = await asyncio.to_thread(self._table.find, keyid)
        token = self._staff_token(officer)
        if key is None:
            return KeyChangeRefused("unknown-key")
        if key.status != "proposed":
            return KeyChangeRefused("not-proposed")
        if key.proposed_by == token:
            return KeyChangeRefused("same-person")
        receipt = await self._record("key-approved", key.unit, officer, keyid)
        now = int(self._clock.now().timestamp())
        if not await asyncio.to_thread(self._table.activate, keyid, token, now, MOST_ACTIVE):
            await self._record("key-approval-failed", key.unit, officer, keyid, refers_to=receipt.entry_index)
            return KeyChangeRefused("too-many-active")
        return self._done(keyid, receipt)

    async def revoke(self, keyid: str, officer: str) -> KeyChange:
        """Revoke a key for good. Raises LogUnavailableError when it is revoked, but not on record."""
        key = await asyncio.to_thread(self._table.find, keyid)
        if key is None:
            return KeyChangeRefused("unknown-key")
        if not await asyncio.to_thread(self._table.revoke, keyid):
            return KeyChangeRefused("already-revoked")
        self._on_change()
        return self._done(keyid, await self._record("key-revoked", key.unit, officer, keyid))

    async def _record(
        self, action: str, unit: str, officer: str, keyid: str, *, refers_to: int | None = None
    ) -> Receipt:
        submission = staff_submission(
            action=action,
            unit=unit,
            officer=officer,
            now=self._clock.now(),
            kind="key-change",
            details={"keyid": keyid},
            refers_to=refers_to,
        )
        outcome = await self._log.commit(submission)
        if not isinstance(outcome, Receipt):
            raise LogUnavailableError("the key change could not be put on record")
        return outcome

    def _done(self, keyid: str, receipt: Receipt) -> KeyChanged:
        self._on_change()
        return KeyChanged(keyid, receipt)
