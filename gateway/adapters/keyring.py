"""Partner keys at request time: the registry in memory, never more than 30 seconds behind it.

Invariant: a revoked key stops within 30 seconds in every process and at once in the one that revoked it; a process
that cannot read the registry for that long verifies nothing at all (fail closed). A key that the log does not bear out
counts for nothing (invariant 13).
Does not: change the registry.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from gateway.domain.errors import DependencyError, LogUnavailableError
from gateway.httpsig.errors import SignatureError
from gateway.httpsig.jwk import read_public_jwk
from gateway.httpsig.keys import KeyRecord, KeyStatus, PublicKey
from gateway.service.partner.partner_keys import REVOKED, RegisteredKey

REFRESH_SECONDS: Final = 10
MAX_AGE_SECONDS: Final = 30


def _status(row: RegisteredKey) -> KeyStatus:
    if row.status == REVOKED:
        return KeyStatus.REVOKED
    return KeyStatus.ACTIVE if row.counts else KeyStatus.PENDING


class KeyRegistryUnavailableError(DependencyError):
    """The registry could not be read for so long that a revocation may have been missed."""

    code = "key-registry-unavailable"


class Registry(Protocol):
    def all(self) -> tuple[RegisteredKey, ...]:
        """Every key. Raises LogUnavailableError."""


class Keyring:
    """The `gateway.httpsig.keys.KeyLookup` of the partner API. Call `refresh` once before serving, then `run`."""

    def __init__(
        self,
        registry: Registry,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._registry = registry
        self._monotonic = monotonic
        self._now = now
        self._known: dict[str, tuple[RegisteredKey, KeyRecord]] = {}
        self._read_at = float("-inf")

    def find(self, keyid: str) -> KeyRecord | None:
        """The record of the key with this thumbprint, or None. Raises KeyRegistryUnavailableError."""
        if self._monotonic() - self._read_at > MAX_AGE_SECONDS:
            raise KeyRegistryUnavailableError("the key registry cannot be read; no signature is accepted")
        found = self._known.get(keyid)
        if found is None:
            return None
        row, record = found
        now = self._now()
        if now < row.valid_from or (row.valid_until is not None and now >= row.valid_until):
            return replace(record, status=KeyStatus.PENDING if now < row.valid_from else KeyStatus.REVOKED)
        return record

    def refresh(self) -> None:
        """Read the whole registry. Raises LogUnavailableError; what was known stays until it is too old."""
        started = self._monotonic()
        known: dict[str, tuple[RegisteredKey, KeyRecord]] = {}
        for row in self._registry.all():
            held = self._known.get(row.keyid)
            try:
                key = held[1].key if held and held[0].jwk == row.jwk else PublicKey.from_raw(read_public_jwk(row.jwk))
            except SignatureError:
                continue
            # A row whose key does not have the name it is filed under was tampered with; it names nobody.
            if key.keyid == row.keyid and key.algorithm.value == row.algorithm:
                known[row.keyid] = (row, KeyRecord(key, row.unit, _status(row)))
        self._known = known
        self._read_at = started

    async def run(self, on_error: Callable[[LogUnavailableError], None]) -> None:
        """Refresh until cancelled."""
        while True:
            try:
                await asyncio.to_thread(self.refresh)
            except LogUnavailableError as error:
                on_error(error)
            await asyncio.sleep(REFRESH_SECONDS)
