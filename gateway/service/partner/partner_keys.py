"""Who may sign for a partner: keys are proposed by one person, approved by another, and revoked by anyone of staff.

Invariant: every change is an entry of the log, made in one transaction with the key's row and carrying its seal
(invariant 13); what no entry bears out is neither approved nor used. A revocation takes effect before it is on record,
because a stolen key must stop even while the log is down. A unit has at most two active keys, so that one can be
exchanged for the next. A refusal is a value with a stable code.
Does not: verify signatures, or answer look-ups at request time (gateway.adapters.keyring).
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol

from audit import canonical
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import Receipt, StateChange, StateConflict
from gateway.httpsig.jwk import public_jwk
from gateway.httpsig.keys import PublicKey
from gateway.service.log.staff_action import staff_submission
from gateway.service.ports import Clock, DisclosureLog

KIND: Final = "partner-key"
PROPOSED: Final = "proposed"
ACTIVE: Final = "active"
REVOKED: Final = "revoked"
MOST_ACTIVE: Final = 2


@dataclass(frozen=True, slots=True)
class RegisteredKey:
    """A key as the registry keeps it. `proposed_by` and `approved_by` are tokens of people; times Unix seconds.
    `on_record` says whether this row is what the log said last of the key."""

    keyid: str
    unit: str
    jwk: Mapping[str, str]
    algorithm: str
    status: str
    valid_from: int
    valid_until: int | None
    proposed_by: str
    approved_by: str | None
    revision: int = 0
    on_record: bool = False

    @property
    def counts(self) -> bool:
        """Whether it may be used: active, and the log bears it out."""
        return self.status == ACTIVE and self.on_record


def body_of(key: RegisteredKey) -> bytes:
    """What an entry seals of a key besides its status and revision. Raises CanonicalError for what is no key."""
    return canonical.encode(
        {
            "unit": key.unit,
            "jwk": dict(key.jwk),
            "alg": key.algorithm,
            "valid_from": key.valid_from,
            "valid_until": key.valid_until,
            "proposed_by": key.proposed_by,
            "approved_by": key.approved_by,
        }
    )


class KeyTable(Protocol):
    """Where keys are kept; every method raises LogUnavailableError."""

    def find(self, keyid: str) -> RegisteredKey | None: ...

    def all(self) -> tuple[RegisteredKey, ...]: ...

    def known(self, keyid: str) -> bool:
        """Whether the log ever said anything of this key."""

    def stop(self, keyid: str) -> None:
        """Take a key out of use at once, before it is on record."""


@dataclass(frozen=True, slots=True)
class KeyChanged:
    """Done, and on record."""

    keyid: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class KeyChangeRefused:
    """Not done: `unknown-key`, `known-key`, `not-proposed`, `not-on-record`, `same-person`, `too-many-active` or
    `already-revoked`."""

    code: str


KeyChange = KeyChanged | KeyChangeRefused


class PartnerKeys:
    """The use cases. `staff_token` turns an officer's identifier into what may be stored; `on_change` is told after
    each change in this process, so that its own look-ups follow at once."""

    def __init__(
        self,
        table: KeyTable,
        log: DisclosureLog,
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
        self, key: PublicKey, unit: str, *, actor: Actor, valid_from: int | None = None, valid_until: int | None = None
    ) -> KeyChange:
        """Register a public key for a unit; it counts for nothing until approved.

        Raises LogUnavailableError."""
        if await self._found(key.keyid) is not None or await asyncio.to_thread(self._table.known, key.keyid):
            return KeyChangeRefused("known-key")
        start = int(self._clock.now().timestamp()) if valid_from is None else valid_from
        proposed = RegisteredKey(
            keyid=key.keyid,
            unit=unit,
            jwk=public_jwk(key.raw),
            algorithm=key.algorithm.value,
            status=PROPOSED,
            valid_from=start,
            valid_until=valid_until,
            proposed_by=self._staff_token(actor.officer),
            approved_by=None,
        )
        receipt = await self._record("key-proposed", proposed, actor)
        return KeyChangeRefused("known-key") if receipt is None else self._done(key.keyid, receipt)

    async def approve(self, keyid: str, *, actor: Actor) -> KeyChange:
        """Make a proposed key active, by a second person: one in another spelling, or in letters that only look the
        same, is none. Raises LogUnavailableError."""
        key = await self._found(keyid)
        token = self._staff_token(actor.officer)
        if key is None:
            return KeyChangeRefused("unknown-key")
        if key.status != PROPOSED:
            return KeyChangeRefused("not-proposed")
        if not key.on_record:
            return KeyChangeRefused("not-on-record")
        if key.proposed_by == token:
            return KeyChangeRefused("same-person")
        receipt = await self._record("key-approved", replace(key, status=ACTIVE, approved_by=token), actor)
        if receipt is not None:
            return self._done(keyid, receipt)
        now = await self._found(keyid)
        return KeyChangeRefused("too-many-active" if now == key else "not-proposed")

    async def revoke(self, keyid: str, *, actor: Actor, because: str = "") -> KeyChange:
        """Revoke a key for good; once more, where it stopped but that could not be put on record. `because` goes to the
        private part of the entry.

        Raises LogUnavailableError when it is revoked, but not on record."""
        key = await self._found(keyid)
        if key is None:
            return KeyChangeRefused("unknown-key")
        if key.status == REVOKED and key.on_record:
            return KeyChangeRefused("already-revoked")
        await asyncio.to_thread(self._table.stop, keyid)
        self._on_change()
        stopped = await self._found(keyid)
        receipt = None if stopped is None else await self._record("key-revoked", stopped, actor, because)
        if receipt is None:
            raise LogUnavailableError("the key is revoked, but somebody changed it just now; revoke it again")
        return self._done(keyid, receipt)

    async def every(self) -> tuple[RegisteredKey, ...]:
        """Every registered key. Raises LogUnavailableError."""
        return await asyncio.to_thread(self._table.all)

    async def _found(self, keyid: str) -> RegisteredKey | None:
        return await asyncio.to_thread(self._table.find, keyid)

    async def _record(self, action: str, key: RegisteredKey, actor: Actor, because: str = "") -> Receipt | None:
        """Make the key what it is now, from the revision it was read at; None where somebody was faster."""
        submission = staff_submission(
            action=action,
            actor=actor,
            unit=key.unit,
            now=self._clock.now(),
            kind="key-change",
            details={"keyid": key.keyid, **({"because": because} if because else {})},
            changes=(StateChange(KIND, key.keyid, key.revision, key.status, body_of(key)),),
        )
        outcome = await self._log.commit(submission)
        if isinstance(outcome, StateConflict):
            return None
        if not isinstance(outcome, Receipt):
            raise LogUnavailableError("the key change could not be put on record")
        return outcome

    def _done(self, keyid: str, receipt: Receipt) -> KeyChanged:
        self._on_change()
        return KeyChanged(keyid, receipt)
