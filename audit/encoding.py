"""The two base64 alphabets of the evidence, read strictly.

JSON members (entries, receipts) carry bytes as base64url without padding (RFC 4648, 5); the C2SP text formats
carry them as standard base64 with padding (RFC 4648, 4).
Invariant: one byte string has one spelling; white space, missing padding and stray trailing bits are refused.
Does not: accept either alphabet in the other's place.
"""

import binascii
import re
from collections.abc import Sequence
from typing import Final

_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
_BLOCKS: Final = frozenset({32})
_TO_STANDARD: Final = str.maketrans("-_", "+/")
_TO_URL: Final = bytes.maketrans(b"+/", b"-_")


def to_base64url(data: bytes) -> str:
    """Return base64url without padding; 32 bytes give 43 characters."""
    return binascii.b2a_base64(data, newline=False).translate(_TO_URL).rstrip(b"=").decode("ascii")


def to_base64url_each(blocks: Sequence[bytes]) -> list[str]:
    """The same for several blocks of 32 bytes (digests, salts, commitments), at a third of the cost.

    A byte after each makes its 33 bytes 44 characters, of which the last says nothing. Raises ValueError."""
    if not set(map(len, blocks)) <= _BLOCKS:
        raise ValueError("not 32 bytes")
    padded = b"".join([block + b"\x00" for block in blocks])
    text = binascii.b2a_base64(padded, newline=False).translate(_TO_URL).decode("ascii")
    return [text[at : at + 43] for at in range(0, len(text), 44)]


def from_base64url(text: str) -> bytes:
    """Read base64url without padding. Raises ValueError for any other spelling."""
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url without padding")
    return from_base64(text.translate(_TO_STANDARD) + "=" * (-len(text) % 4))


def to_base64(data: bytes) -> str:
    """Return standard base64 with padding."""
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def from_base64(text: str) -> bytes:
    """Read standard base64 with padding. Raises ValueError for any other spelling."""
    data = binascii.a2b_base64(text, strict_mode=True)
    if to_base64(data) != text:
        raise ValueError("not the one base64 spelling of these bytes")
    return data
