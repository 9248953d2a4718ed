"""Signing and verification keys: ECDSA P-256 with SHA-256, and Ed25519. Nothing else.

Invariant: a key is named by its RFC 7638 thumbprint, so the name cannot be made to mean another key; and the
key decides the algorithm, never the message. ECDSA signatures are 64 bytes, r || s (RFC 9421 section 3.3.4).
Reading and writing keys is in jwk.py and pem.py; who may register a key is the registry's business.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from gateway.httpsig.errors import KeyFormatError, Reason
from gateway.httpsig.jwk import public_jwk, published_jwk, read_public_jwk, thumbprint

_ECDSA: Final = ECDSA(SHA256())
_COORDINATE: Final = 32
_SIGNATURE_LENGTH: Final = 64

RawPublicKey = EllipticCurvePublicKey | Ed25519PublicKey
RawPrivateKey = EllipticCurvePrivateKey | Ed25519PrivateKey


class Algorithm(StrEnum):
    """The names of RFC 9421 section 6.2.2."""

    ECDSA_P256_SHA256 = "ecdsa-p256-sha256"
    ED25519 = "ed25519"


_P256: Final = Algorithm.ECDSA_P256_SHA256
"""Looked up once; asking a key of what class it is costs more, for its classes are abstract."""


class KeyStatus(StrEnum):
    """Whether signatures of a key count. Only active ones do."""

    PENDING = "pending"
    ACTIVE = "active"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A parsed verification key. Make one with `from_jwk`, `from_raw` or pem.py, and keep it."""

    keyid: str
    algorithm: Algorithm
    raw: RawPublicKey = field(repr=False, compare=False)

    @classmethod
    def from_raw(cls, raw: RawPublicKey) -> "PublicKey":
        """Wrap a key of the `cryptography` package.

        Raises:
            KeyFormatError: bad-key, when it is on another curve.
        """
        if isinstance(raw, Ed25519PublicKey):
            algorithm = Algorithm.ED25519
        elif isinstance(raw, EllipticCurvePublicKey) and isinstance(raw.curve, SECP256R1):
            algorithm = Algorithm.ECDSA_P256_SHA256
        else:
            raise KeyFormatError(Reason.BAD_KEY, "crv")
        return cls(thumbprint(public_jwk(raw)), algorithm, raw)

    @classmethod
    def from_jwk(cls, jwk: object) -> "PublicKey":
        """Parse one public JWK. Raises KeyFormatError as `jwk.read_public_jwk` does."""
        return cls.from_raw(read_public_jwk(jwk))

    def to_jwk(self) -> dict[str, str]:
        """The JWK as a JWKS shows it."""
        return published_jwk(self.raw)

    def verifies(self, signature: bytes, data: bytes) -> bool:
        """Whether `signature` (64 bytes in both algorithms) is this key's over `data`."""
        if len(signature) != _SIGNATURE_LENGTH:
            return False
        try:
            if self.algorithm is _P256:
                r = int.from_bytes(signature[:_COORDINATE], "big")
                s = int.from_bytes(signature[_COORDINATE:], "big")
                cast(EllipticCurvePublicKey, self.raw).verify(encode_dss_signature(r, s), data, _ECDSA)
            else:
                cast(Ed25519PublicKey, self.raw).verify(signature, data)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its public half. Its representation shows the thumbprint only."""

    public: PublicKey
    raw: RawPrivateKey = field(repr=False, compare=False)

    @classmethod
    def from_raw(cls, raw: RawPrivateKey) -> "SigningKey":
        """Wrap a private key of the `cryptography` package. Raises KeyFormatError for another curve."""
        return cls(PublicKey.from_raw(raw.public_key()), raw)

    @classmethod
    def generate(cls, algorithm: Algorithm = Algorithm.ECDSA_P256_SHA256) -> "SigningKey":
        """A fresh key from the operating system's generator."""
        if algorithm is Algorithm.ED25519:
            return cls.from_raw(Ed25519PrivateKey.generate())
        return cls.from_raw(generate_private_key(SECP256R1()))

    def sign(self, data: bytes) -> bytes:
        """64 bytes: the Ed25519 signature, or r || s in big-endian order."""
        if self.public.algorithm is not _P256:
            return cast(Ed25519PrivateKey, self.raw).sign(data)
        r, s = decode_dss_signature(cast(EllipticCurvePrivateKey, self.raw).sign(data, _ECDSA))
        return r.to_bytes(_COORDINATE, "big") + s.to_bytes(_COORDINATE, "big")


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """What the registry knows of a key: whose it is and whether it counts."""

    key: PublicKey
    party: str
    status: KeyStatus = KeyStatus.ACTIVE


class KeyLookup(Protocol):
    """Where verification keys come from. A key identifier is looked up, never dereferenced."""

    def find(self, keyid: str) -> KeyRecord | None:
        """The record of the key with this thumbprint, or None. May raise when the registry cannot answer."""
        ...


class KeySet:
    """A fixed set of keys: what a client trusts of a gateway, or a whole small registry."""

    def __init__(self, records: Iterable[KeyRecord]) -> None:
        self._records = {record.key.keyid: record for record in records}

    def __len__(self) -> int:
        return len(self._records)

    @classmethod
    def from_jwks(cls, jwks: object, party: str) -> "KeySet":
        """The keys of a JSON Web Key Set, all of one party and active.

        Raises:
            KeyFormatError: the set or one of its keys is not acceptable; none is silently left out.
        """
        keys = jwks.get("keys") if isinstance(jwks, Mapping) else None
        if not isinstance(keys, list):
            raise KeyFormatError(Reason.BAD_KEY, "keys")
        return cls(KeyRecord(PublicKey.from_jwk(jwk), party) for jwk in keys)

    def find(self, keyid: str) -> KeyRecord | None:
        """The record of the key with this thumbprint, or None."""
        return self._records.get(keyid)
