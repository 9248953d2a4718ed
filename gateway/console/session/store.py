"""What the console keeps between two requests: sessions, and what an opaque reference in an address stands for.

Invariants: what is kept can be opened only with the token that the browser has; beside the ciphertext stand the
token's digest and a time, so that whoever reads the table learns neither who is signed in nor whom they looked up.
Does not: know a database (`gateway.adapters.db.console_state`).
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any, Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from audit.encoding import from_base64url, to_base64url

TOKEN_BYTES: Final = 32
_NONCE: Final = 12


class StateStore(Protocol):
    """Rows by kind and digest; times are Unix seconds. Raises DependencyError."""

    async def put(self, kind: str, digest: bytes, body: bytes, expires: int) -> None:
        """A new row, or a new body and time for the one there is."""

    async def read(self, kind: str, digest: bytes, now: int) -> bytes | None:
        """What is kept and has not expired, or None."""

    async def drop(self, kind: str, digest: bytes) -> bool:
        """Whether there was one."""

    async def purge(self, now: int) -> None:
        """Drop all that has expired."""


class Sealed:
    """Bodies of one kind, each under a token of its own."""

    def __init__(self, store: StateStore, kind: str) -> None:
        self._store = store
        self._kind = kind

    async def keep(self, body: Mapping[str, Any], expires: int, token: str | None = None) -> str:
        """The token that opens it; a new one unless given."""
        token = token or to_base64url(secrets.token_bytes(TOKEN_BYTES))
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self._key(token)).encrypt(nonce, json.dumps(body).encode(), self._kind.encode())
        await self._store.put(self._kind, _digest(token), nonce + sealed, expires)
        return token

    async def open(self, token: str, now: int) -> dict[str, Any] | None:
        """What the token stands for, or None: unknown, expired or altered."""
        if not _is_token(token):
            return None
        row = await self._store.read(self._kind, _digest(token), now)
        if row is None:
            return None
        try:
            opened = AESGCM(self._key(token)).decrypt(row[:_NONCE], row[_NONCE:], self._kind.encode())
        except InvalidTag:
            return None
        body: dict[str, Any] = json.loads(opened)
        return body

    async def drop(self, token: str) -> bool:
        """Whether there was one."""
        return _is_token(token) and await self._store.drop(self._kind, _digest(token))

    def _key(self, token: str) -> bytes:
        info = b"isa-gateway/console/v1\x00" + self._kind.encode()
        return HKDF(SHA256(), 32, None, info).derive(from_base64url(token))


def _digest(token: str) -> bytes:
    return hashlib.sha256(b"isa-gateway/console/v1\x00" + token.encode()).digest()


def _is_token(token: str) -> bool:
    try:
        return len(from_base64url(token)) == TOKEN_BYTES
    except ValueError:
        return False
