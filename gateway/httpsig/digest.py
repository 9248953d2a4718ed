"""Content-Digest (RFC 9530) with the one algorithm of the profile, sha-256.

Invariant: a field that is accepted is exactly what `make_digest` would have written for those bytes. A second
algorithm, parameters or other spellings of the same digest are refused: each is one more way to be understood
in two ways.
"""

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from gateway.httpsig.errors import Reason, SignatureError

_FIELD: Final = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
_NAMED: Final = re.compile(r"[a-z*][a-z0-9_.*-]*=:[A-Za-z0-9+/]*={0,2}:")


def make_digest(body: bytes) -> str:
    """The Content-Digest field for these body bytes."""
    return f"sha-256=:{b64encode(sha256(body).digest()).decode('ascii')}:"


def parse_digest(value: str) -> bytes:
    """The 32 digest bytes.

    Raises:
        SignatureError: digest-algorithm for a well-formed field of another or of more than one algorithm,
            digest-malformed for anything else.
    """
    match = _FIELD.fullmatch(value)
    if match is None:
        named = all(_NAMED.fullmatch(member.strip(" ")) for member in value.split(","))
        many = value.count(",") > 0 or not value.startswith("sha-256=")
        raise SignatureError(Reason.DIGEST_ALGORITHM if named and many else Reason.DIGEST_MALFORMED, "content-digest")
    digest = b64decode(match[1])
    if b64encode(digest).decode("ascii") != match[1]:
        raise SignatureError(Reason.DIGEST_MALFORMED, "content-digest")
    return digest


def check_digest(value: str | None, body: bytes) -> None:
    """Compare the field with the body in constant time.

    Raises:
        SignatureError: digest-missing, digest-malformed, digest-algorithm or digest-mismatch.
    """
    if value is None:
        raise SignatureError(Reason.DIGEST_MISSING, "content-digest")
    if value.isascii() and compare_digest(value, make_digest(body)):
        return
    # What differs from the field that these bytes have is refused; this says for which reason.
    if not compare_digest(parse_digest(value), sha256(body).digest()):
        raise SignatureError(Reason.DIGEST_MISMATCH, "content-digest")
