"""Salted commitments: an entry binds a value without holding it.

commitment = HMAC-SHA256(salt, "isa-gateway/commitment/v1" 0x00 label 0x00 canonical-JSON(value)); the salt
is 32 fresh random bytes for every commitment. Invariant: with the salt, only the committed value opens it;
without the salt, the commitment tells nothing about the value, however few values are possible (so deleting
the salt erases). Labels keep the domains apart: a private part can never be shown as an element.
Does not: keep salts. The recipient's are in its receipt, the private part's under the data subject's key.
"""

import hmac
import os
import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring as _quote
from typing import Final

from audit import canonical
from audit.errors import CanonicalError, CommitmentError

SALT_SIZE: Final = 32
ELEMENT_LABEL: Final = "element"
PRIVATE_LABEL: Final = "private"

_SMALL: Final = 1 << 53
_FILLING: Final = bytes(32)
_INNER: Final = bytes(byte ^ 0x36 for byte in range(256))
_OUTER: Final = bytes(byte ^ 0x5C for byte in range(256))
_DOMAIN: Final = b"isa-gateway/commitment/v1\x00"
_DOMAINS: Final = {label: _DOMAIN + label.encode() + b"\x00" for label in (ELEMENT_LABEL, PRIVATE_LABEL)}
_LABEL: Final = re.compile(r"[a-z][a-z0-9-]{0,31}", re.ASCII)


def fresh_salt() -> bytes:
    """Return 32 random bytes from the operating system."""
    return os.urandom(SALT_SIZE)


def fresh_salts(count: int) -> list[bytes]:
    """Return `count` independent salts for the price of one system call."""
    pool = os.urandom(SALT_SIZE * count)
    return [pool[at : at + SALT_SIZE] for at in range(0, len(pool), SALT_SIZE)]


def commit(salt: bytes, label: str, value: object) -> bytes:
    """Return the 32-byte commitment to a JSON value under a label.

    Raises:
        CommitmentError: the salt is not 32 bytes, or the label is not a lower-case word.
        CanonicalError: the value has no canonical form (a float, for instance).
    """
    if len(salt) != SALT_SIZE:
        raise CommitmentError("a salt is 32 bytes long")
    domain = _DOMAINS.get(label)
    if domain is None:
        if not _LABEL.fullmatch(label):
            raise CommitmentError("a commitment label is a lower-case word")
        domain = _DOMAIN + label.encode("ascii") + b"\x00"
    return hmac.digest(salt, domain + canonical.encode(value), "sha256")


def _mac(salt: bytes, message: bytes) -> bytes:
    """HMAC-SHA256 (RFC 2104) for a salt of 32 bytes, at two thirds of the cost of `hmac.digest`, which fetches its
    algorithm anew at every call; on the way of a disclosure there is one for each element."""
    key = salt + _FILLING
    return sha256(key.translate(_OUTER) + sha256(key.translate(_INNER) + message).digest()).digest()


def commit_encoded(salt: bytes, label: str, encoded: bytes) -> bytes:
    """The same for a value whose canonical bytes are at hand. Raises CommitmentError for a salt of another length, and
    for a label that is not one of ours."""
    if len(salt) != SALT_SIZE or label not in _DOMAINS:
        raise CommitmentError("a salt is 32 bytes long, and a label one of ours")
    return _mac(salt, _DOMAINS[label] + encoded)


def commit_element(salt: bytes, element: str, values: Sequence[object]) -> bytes:
    """Commit to an element's values, one for each disclosed record in their order; an absent one is null."""
    if len(salt) == SALT_SIZE:
        # Texts and plain values alone, as nearly always: the canonical form is written down without a walk over it.
        texts = [_quote(value) if type(value) is str else _plain(value) for value in values]
        if "" not in texts:
            try:
                data = (_element_head(element) + ",".join(texts) + "]}").encode("utf-8")
            except UnicodeEncodeError:
                raise CanonicalError("a string holds a lone surrogate") from None
            return _mac(salt, _DOMAINS[ELEMENT_LABEL] + data)
    return commit(salt, ELEMENT_LABEL, {"element": element, "values": list(values)})


def _plain(value: object) -> str:
    """A value that is no text and no structure, as JSON writes it; empty for every other."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return int.__repr__(value) if type(value) is int and -_SMALL < value < _SMALL else ""


@lru_cache(maxsize=8192)
def _element_head(element: str) -> str:
    return f'{{"element":{_quote(element)},"values":['


def commit_private(salt: bytes, part: object) -> bytes:
    """Commit to a private part: who the data subject is, case reference, acting officer, source record."""
    return commit(salt, PRIVATE_LABEL, part)


def verify(commitment: bytes, salt: bytes, label: str, value: object) -> None:
    """Check an opening in constant time.

    Raises:
        CommitmentError: the salt and the value do not open this commitment.
        CanonicalError: the value has no canonical form.
    """
    if not same(commit(salt, label, value), commitment):
        raise CommitmentError("the salt and the value do not open the commitment")


def same(left: bytes, right: bytes) -> bool:
    """Compare two commitments in constant time."""
    return hmac.compare_digest(left, right)
