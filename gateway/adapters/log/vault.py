"""Keeps private parts: per-subject keys, their wrapping, and the tokens people are found by.

Every data subject has a random AES-256 key, stored wrapped by the key-encryption key of the deployment (NIST SP
800-38D, random 96-bit nonces). A search token is HMAC-SHA256(search key, scheme 0x00 value) cut to 16 bytes.
Invariant 10: without the wrapped key a private part is gone. The associated data names the entry's own commitment
the part number and the search tokens it is filed under, so that ciphertexts cannot be swapped between entries or
parts, and a part cannot be filed under other people.
`state_key` seals the rows that grant something (`gateway.adapters.log.state`, RFC 5869).
Does not: store anything, or know what a private part says.
"""

import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gateway.domain.errors import ConfigurationError, LogUnavailableError
from gateway.domain.target import SubjectIdentifier

KEY_SIZE: Final = 32
NONCE_SIZE: Final = 12
TOKEN_SIZE: Final = 16

_UNFILED_PART: Final = b"isa-gateway/private-part/v1\x00"
_PART: Final = b"isa-gateway/private-part/v2\x00"
_WRAP: Final = b"isa-gateway/subject-key/v1\x00"
_TOKEN: Final = b"isa-gateway/search-token/v1\x00"
_OWN: Final = b"isa-gateway/own-key/v1\x00"
_STATE_KEY: Final = b"isa-gateway/state-key/v1"


class PrivatePartError(LogUnavailableError):
    """A ciphertext or a wrapped key does not open: wrong key-encryption key, or the database was altered."""

    code = "private-part-unreadable"


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A subject key as it is stored."""

    kek_version: int
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class VaultKeys:
    """The deployment's secrets, 32 bytes each. New keys are wrapped by the highest version of `key_encryption`."""

    search: bytes = field(repr=False)
    key_encryption: Mapping[int, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.key_encryption or not all(0 <= version < 1 << 15 for version in self.key_encryption):
            raise ConfigurationError("a key-encryption key with a version is needed")
        if any(len(key) != KEY_SIZE for key in (self.search, *self.key_encryption.values())):
            raise ConfigurationError("the search key and every key-encryption key are 32 bytes long")
        if self.search in self.key_encryption.values():
            raise ConfigurationError("the search key and the key-encryption key must differ")


class Vault:
    """Wraps, opens and seals with the keys of one deployment. Safe for several threads."""

    def __init__(self, keys: VaultKeys) -> None:
        self._search = keys.search
        # Keyed and begun once; each token goes on from a copy.
        self._token = hmac.new(keys.search, _TOKEN, "sha256")
        self._kek = {version: AESGCM(key) for version, key in keys.key_encryption.items()}
        self._current = max(self._kek)
        self.state_key = HKDF(SHA256(), KEY_SIZE, salt=None, info=_STATE_KEY).derive(keys.search)

    @property
    def kek_version(self) -> int:
        """The key-encryption key that new subject keys are wrapped by."""
        return self._current

    def token(self, subject: SubjectIdentifier) -> bytes:
        """The 16-byte search token of an identifier in its canonical spelling."""
        message = subject.scheme.encode() + b"\x00" + subject.value.encode("utf-8", "surrogatepass")
        token = self._token.copy()
        token.update(message)
        return token.digest()[:TOKEN_SIZE]

    def own_token(self, month: str) -> bytes:
        """The token of the gateway's own key for parts about no person; a new key every month (YYYY-MM)."""
        return hmac.digest(self._search, _OWN + month.encode("ascii"), "sha256")[:TOKEN_SIZE]

    def new_key(self, token: bytes) -> tuple[AESGCM, WrappedKey]:
        """A fresh subject key, and the form to store."""
        raw = os.urandom(KEY_SIZE)
        return AESGCM(raw), self._wrap(token, raw)

    def unwrap(self, token: bytes, stored: WrappedKey) -> AESGCM:
        """Open a stored key. Raises PrivatePartError."""
        return AESGCM(self._unwrap(token, stored))

    def rewrap(self, token: bytes, stored: WrappedKey) -> WrappedKey:
        """The same key under the current key-encryption key. Raises PrivatePartError."""
        return self._wrap(token, self._unwrap(token, stored))

    def _wrap(self, token: bytes, raw: bytes) -> WrappedKey:
        nonce = os.urandom(NONCE_SIZE)
        sealed = self._kek[self._current].encrypt(nonce, raw, _wrap_context(token, self._current))
        return WrappedKey(self._current, nonce + sealed)

    def _unwrap(self, token: bytes, stored: WrappedKey) -> bytes:
        kek = self._kek.get(stored.kek_version)
        if kek is None:
            raise PrivatePartError("a subject key is wrapped by a key-encryption key version that is not configured")
        nonce, sealed = stored.wrapped[:NONCE_SIZE], stored.wrapped[NONCE_SIZE:]
        try:
            return kek.decrypt(nonce, sealed, _wrap_context(token, stored.kek_version))
        except (InvalidTag, ValueError):
            raise PrivatePartError("a subject key does not open with the configured key-encryption key") from None


def split_tokens(tokens: bytes) -> list[bytes]:
    """The search tokens that a part is filed under, one by one."""
    return [tokens[at : at + TOKEN_SIZE] for at in range(0, len(tokens), TOKEN_SIZE)]


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A private part as it is stored, with its number, the commitment of its entry and `tokens`, the search tokens it
    is filed under, 16 bytes each in one string."""

    part: int
    commitment: bytes
    tokens: bytes
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """`filing_proven` is False for a part from before the tokens were sealed with it."""

    plaintext: bytes = field(repr=False)
    filing_proven: bool


def part_context(commitment: bytes, part: int, tokens: bytes) -> bytes:
    """The associated data of a private part; `tokens` as in `StoredPart`."""
    return _PART + commitment + part.to_bytes(4, "big") + tokens


def open_part(key: AESGCM, stored: StoredPart) -> OpenedPart:
    """Decrypt a stored private part. Raises PrivatePartError."""
    nonce, sealed = stored.ciphertext[:NONCE_SIZE], stored.ciphertext[NONCE_SIZE:]
    context = part_context(stored.commitment, stored.part, stored.tokens)
    try:
        return OpenedPart(key.decrypt(nonce, sealed, context), True)
    except (InvalidTag, ValueError):
        pass
    context = _UNFILED_PART + stored.commitment + stored.part.to_bytes(4, "big")
    try:
        return OpenedPart(key.decrypt(nonce, sealed, context), False)
    except (InvalidTag, ValueError):
        raise PrivatePartError("a private part does not open; it was altered, moved or filed elsewhere") from None


def _wrap_context(token: bytes, version: int) -> bytes:
    return _WRAP + token + version.to_bytes(2, "big")
