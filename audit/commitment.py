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
from json.encoder import encode_basestring as _quote
from typing import Final

from audit import canonical
from audit.errors import CanonicalError, CommitmentError

SALT_SIZE: Final = 32
ELEMENT_LABEL: Final = "element"
PRIVATE_LABEL: Final = "private"

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


def commit_encoded(salt: bytes, label: str, encoded: bytes) -> bytes:
    """The same for a value whose canonical bytes are at hand. Raises CommitmentError for a salt of another length, and
    for a label that is not one of ours."""
    if len(salt) != SALT_SIZE or label not in _DOMAINS:
        raise CommitmentError("a salt is 32 bytes long, and a label one of ours")
    return hmac.digest(salt, _DOMAINS[label] + encoded, "sha256")


def commit_element(salt: bytes, element: str, values: Sequence[object]) -> bytes:
    """Commit to an element's values, one for each disclosed record in their order; an absent one is null."""
    if len(salt) == SALT_SIZE and all(type(value) is str for value in values):
        # Texts alone, as nearly always: the canonical form can be written down without walking a structure.
        text = f'{{"element":{_quote(element)},"values":[{",".join(map(_quote, values))}]}}'  # type: ignore[arg-type]
        try:
            return hmac.digest(salt, _DOMAINS[ELEMENT_LABEL] + text.encode("utf-8"), "sha256")
        except UnicodeEncodeError:
            raise CanonicalError("a string holds a lone surrogate") from None
    return commit(salt, ELEMENT_LABEL, {"element": element, "values": list(values)})


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
