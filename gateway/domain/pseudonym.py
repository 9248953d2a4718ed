"""Pseudonyms: one stable name per value, recipient and agreement, that two recipients cannot compare.

HMAC-SHA256 (RFC 2104) under a key derived by HKDF-SHA256 (RFC 5869) from the deployment's secret, the
recipient unit and the agreement. Invariant: the same identifier gives the same pseudonym in every record
type for one recipient under one agreement, whatever its spelling, and unrelated ones elsewhere. Identifiers
of different types never share a pseudonym. Does not keep a table: a pseudonym cannot be turned back, here or
by the recipient.
"""

import base64
import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gateway.domain import identifiers
from gateway.domain.errors import ConfigurationError

MIN_SECRET_BYTES = 32
_LABEL = b"isa-gateway/pseudonym/v1"


def _frame(*parts: str) -> bytes:
    """Unambiguous concatenation: each part's UTF-8 length in four bytes, then the part."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def _fold(raw: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", raw).casefold().split())


def _phone(raw: str) -> str:
    main, _, extension = raw.casefold().replace("poste", "x").replace("ext", "x").partition("x")
    digits = "".join(filter(str.isdigit, main))
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return f"{digits}x{''.join(filter(str.isdigit, extension))}"


def _number(raw: str) -> str:
    return raw.replace(" ", "").replace("-", "").upper()


_SPELLING: Mapping[str, Callable[[str], str | None]] = {
    "uci": identifiers.canonical_uci,
    "sin": identifiers.canonical_sin,
    "bn9": identifiers.canonical_bn9,
    "bn15": identifiers.canonical_bn15,
    "lmia-number": identifiers.canonical_lmia_number,
    "health-card": identifiers.canonical_health_card,
    "permit-number": _number,
    "application-number": _number,
    "phone": _phone,
    "email": _fold,
    "person-name": _fold,
    "staff-id": _fold,
    "reference": _fold,
    "string": _fold,
    "string-list": _fold,
}
"""How the spelling of a type is made one; also the closed list of types that have pseudonyms."""

PSEUDONYMOUS_TYPES = frozenset(_SPELLING)


@dataclass(frozen=True, slots=True)
class PseudonymKey:
    """The key of one recipient under one agreement."""

    key: bytes = field(repr=False)

    @classmethod
    def derive(cls, secret: bytes, recipient: str, agreement: str) -> "PseudonymKey":
        """HKDF-SHA256, one block. `secret` is at least 32 random bytes; `agreement` is the id without the
        version.

        Raises ConfigurationError for a shorter secret."""
        if len(secret) < MIN_SECRET_BYTES:
            raise ConfigurationError(f"pseudonym secret is shorter than {MIN_SECRET_BYTES} bytes")
        extracted = hmac.digest(bytes(hashlib.sha256().digest_size), secret, "sha256")
        info = _LABEL + _frame(recipient, agreement)
        return cls(hmac.digest(extracted, info + b"\x01", "sha256"))

    def pseudonym(self, type_code: str, value: str) -> str | None:
        """`p-` and 26 lower-case base32 characters (128 bits); None where the type has no pseudonyms or the
        value does not parse."""
        spell = _SPELLING.get(type_code)
        canonical = None if spell is None else spell(value)
        if canonical is None:
            return None
        domain = "string" if type_code == "string-list" else type_code
        digest = hmac.digest(self.key, _frame(domain, canonical), "sha256")
        return "p-" + base64.b32encode(digest[:16]).decode().rstrip("=").lower()
