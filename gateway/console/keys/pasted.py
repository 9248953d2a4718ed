"""A public key as somebody pastes it: a JWK, a JWK Set of one, or PEM.

Invariant: a text is bounded before it is read, and what is wrong with it is told by a key of the words, never by what
stood there; a private key is refused as what it is, because it has just been compromised. Does not: register a key.
"""

from collections.abc import Mapping
from typing import Any, Final

from audit import canonical
from audit.errors import AuditError
from gateway.httpsig.errors import KeyFormatError, Reason
from gateway.httpsig.keys import PublicKey
from gateway.httpsig.pem import read_public_pem

LONGEST: Final = 4_096
"""Characters: a public key of either algorithm has a few hundred."""


class PastedError(Exception):
    """The text is no key that counts; `said` is a key of the words."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def pasted_key(text: str) -> PublicKey:
    """Raises PastedError."""
    text = text.strip()
    if not text:
        raise PastedError("key-empty")
    if len(text) > LONGEST:
        raise PastedError("key-long")
    try:
        return read_public_pem(text.encode()) if text.startswith("-----") else PublicKey.from_jwk(_jwk(text))
    except KeyFormatError as error:
        raise PastedError(_said(error)) from None


def _jwk(text: str) -> Mapping[str, Any]:
    """Raises PastedError."""
    try:
        found = canonical.parse(text.encode())
    except (AuditError, UnicodeEncodeError):
        raise PastedError("key-neither") from None
    if isinstance(found, dict) and isinstance(found.get("keys"), list):
        if len(found["keys"]) != 1:
            raise PastedError("key-several")
        found = found["keys"][0]
    if not isinstance(found, dict):
        raise PastedError("key-neither")
    return found


def _said(error: KeyFormatError) -> str:
    if error.code is Reason.PRIVATE_KEY:
        return "key-private"
    if error.element in ("crv", "kty", "pem"):
        return "key-other-kind"
    return "key-use" if error.element in ("use", "alg") else "key-broken"
