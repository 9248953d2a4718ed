"""Keys of signed notes and their text forms (C2SP signed-note, "Signatures" and "Verifier keys").

    verifier  <name>+<key ID, 8 hex digits>+base64(type || 32-byte Ed25519 public key)
    signer    PRIVATE+KEY+<name>+<key ID>+base64(type || 32-byte Ed25519 seed)

Invariant: key ID = SHA-256(name || "\\n" || type || public key)[:4], checked on reading. Types: 0x01
Ed25519 (logs), 0x04 timestamped cosignature (witnesses). Does not: store keys. A signer's `repr` never
shows its seed.
"""

import os
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit.encoding import from_base64, to_base64
from audit.errors import KeyFormatError

ED25519: Final = 0x01
COSIGNATURE: Final = 0x04
KINDS: Final = frozenset({ED25519, COSIGNATURE})
MAX_NAME_LENGTH: Final = 255

# Curve25519 in Edwards form (RFC 8032, 5.1): the field's prime and the constant d.
_PRIME: Final = (1 << 255) - 19
_D: Final = -121665 * pow(121666, -1, _PRIME) % _PRIME

_KEY_ID: Final = re.compile(r"[0-9a-f]{8}", re.ASCII)
_SIGNER_PREFIX: Final = "PRIVATE+KEY+"


def is_key_name(name: str) -> bool:
    """Tell whether this can be a key name: not empty, no Unicode space, no plus, no control character."""
    return (
        0 < len(name) <= MAX_NAME_LENGTH
        and "+" not in name
        and not any(character.isspace() or character < " " for character in name)
    )


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """Return the 4-byte key ID of a public key (32 bytes) under a name."""
    return sha256(name.encode("utf-8") + b"\n" + bytes([kind]) + public).digest()[:4]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key under a name. `str()` is its vkey text."""

    name: str
    kind: int
    public: bytes
    key_id: bytes

    @classmethod
    def make(cls, name: str, public: bytes, kind: int = ED25519) -> "VerifierKey":
        """Name a 32-byte Ed25519 public key. Raises KeyFormatError."""
        if not is_key_name(name) or kind not in KINDS or len(public) != 32:
            raise KeyFormatError("a verifier key has a bad name, type or length")
        if _is_weak(public):
            raise KeyFormatError("a verifier key is a point of small order, under which forging is easy")
        return cls(name, kind, public, key_id(name, kind, public))

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read a vkey. Raises KeyFormatError."""
        name, kind, public, stated = _split(text, "a verifier key")
        key = cls.make(name, public, kind)
        if key.key_id != stated:
            raise KeyFormatError("a verifier key does not match its key ID")
        return key

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.kind]) + self.public)}"

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Tell whether this is the key's Ed25519 signature (RFC 8032) over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SignerKey:
    """A private key under a name. `to_secret` gives its skey text; `repr` does not."""

    name: str
    kind: int
    key_id: bytes
    _seed: bytes = field(repr=False)
    _private: Ed25519PrivateKey = field(repr=False, compare=False)

    @classmethod
    def make(cls, name: str, seed: bytes, kind: int = ED25519) -> "SignerKey":
        """Name a 32-byte Ed25519 seed. Raises KeyFormatError."""
        if not is_key_name(name) or kind not in KINDS or len(seed) != 32:
            raise KeyFormatError("a signer key has a bad name, type or length")
        private = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(name, kind, key_id(name, kind, private.public_key().public_bytes_raw()), seed, private)

    @classmethod
    def generate(cls, name: str, kind: int = ED25519) -> "SignerKey":
        """Make a new key from 32 random bytes. Raises KeyFormatError for a bad name."""
        return cls.make(name, os.urandom(32), kind)

    @classmethod
    def parse(cls, text: str) -> "SignerKey":
        """Read an skey. Raises KeyFormatError."""
        if not text.startswith(_SIGNER_PREFIX):
            raise KeyFormatError("a signer key does not begin as one")
        name, kind, seed, stated = _split(text.removeprefix(_SIGNER_PREFIX), "a signer key")
        key = cls.make(name, seed, kind)
        if key.key_id != stated:
            raise KeyFormatError("a signer key does not match its key ID")
        return key

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey.make(self.name, self._private.public_key().public_bytes_raw(), self.kind)

    def to_secret(self) -> str:
        """Return the skey text, a secret."""
        return f"{_SIGNER_PREFIX}{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.kind]) + self._seed)}"

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature over the message."""
        return self._private.sign(message)


def _is_weak(public: bytes) -> bool:
    """Tell whether a public key is a point of order 1, 2, 4 or 8, or not in its one spelling."""
    y = int.from_bytes(public, "little") & ((1 << 255) - 1)
    if y >= _PRIME or y in (0, 1, _PRIME - 1):
        return True
    # A point of order 8 doubles to y = 0, which by the curve's doubling law means d*y^4 + 2*y^2 = 1.
    return (_D * pow(y, 4, _PRIME) + 2 * y * y - 1) % _PRIME == 0


def _split(text: str, what: str) -> tuple[str, int, bytes, bytes]:
    """Split name+id+base64 into name, type, key and stated key ID. Raises KeyFormatError."""
    parts = text.split("+", 2)
    if len(text) > 1000 or len(parts) != 3 or not _KEY_ID.fullmatch(parts[1]):
        raise KeyFormatError(f"{what} is not name+id+key")
    try:
        blob = from_base64(parts[2])
    except ValueError:
        raise KeyFormatError(f"{what} is not base64") from None
    if not blob:
        raise KeyFormatError(f"{what} is empty")
    return parts[0], blob[0], blob[1:], bytes.fromhex(parts[1])
