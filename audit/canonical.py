"""Canonical JSON: one value, one sequence of bytes (RFC 8785, restricted).

Invariant: `decode(encode(v)) == v`, and `decode` accepts no byte sequence that `encode` would not produce,
so that a hash over the bytes is a hash over the value. Restricted: numbers are integers with
|n| < 2**53; floats, NaN and infinities are refused (amounts travel as decimal strings). Object keys are
sorted by UTF-16 code units (RFC 8785, 3.2.3); text is UTF-8 without a byte order mark; lone surrogates are
refused.
Does not: know what the values mean.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn, TypeAlias

from audit.errors import CanonicalError

JsonValue: TypeAlias = "bool | int | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
"""What has a canonical encoding. No floats: a decimal is a string."""

_INT_LIMIT: Final = 1 << 53
MAX_DEPTH: Final = 32

# Tested by exact type first, because the walk is on the way of every disclosure.
_PLAIN: Final = frozenset({str, bool, type(None)})

_encode_sorted = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode
_encode_in_order = json.JSONEncoder(
    separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode


def encode(value: object) -> bytes:
    """Return the canonical UTF-8 bytes of a JSON value (dict, list, tuple, str, bool, None, int).

    Raises:
        CanonicalError: the value, or a part of it, has no canonical form.
    """
    if _check(value, MAX_DEPTH):
        return encode_checked(value)
    return _to_utf8(_encode_in_order(_by_utf16(value)))


def encode_checked(value: object) -> bytes:
    """Encode a value whose types are known to be canonical and whose keys are known to be ASCII.

    For callers that have validated every field already, such as `audit.entry`; saves the walk over the value.

    Raises:
        CanonicalError: a string holds a lone surrogate.
    """
    return _to_utf8(_encode_sorted(value))


def decode(data: bytes) -> Any:
    """Return the value of canonical bytes.

    Raises:
        CanonicalError: as `parse`, or the bytes are not the canonical form of the value they hold.
    """
    value = parse(data)
    if encode(value) != data:
        raise CanonicalError("the bytes are JSON, but not in canonical form")
    return value


def parse(data: bytes) -> Any:
    """Return the value of JSON in UTF-8 that need not be canonical.

    Raises:
        CanonicalError: not UTF-8, not JSON, too deep, a key given twice, or a number with a fraction.
    """
    try:
        return _decoder.decode(data.decode("utf-8"))
    except CanonicalError:
        raise
    except (ValueError, RecursionError):
        raise CanonicalError("the bytes are not JSON in UTF-8") from None


def _check(value: object, depth: int) -> bool:
    """Refuse what has no canonical form; tell whether all object keys are ASCII."""
    if type(value) in _PLAIN or isinstance(value, str):
        return True
    if isinstance(value, int):
        if -_INT_LIMIT < value < _INT_LIMIT:
            return True
        raise CanonicalError("an integer is outside the range that JSON readers share")
    if depth == 0:
        raise CanonicalError("the value is nested too deeply")
    if isinstance(value, (list, tuple)):
        ascii_keys = True
        for item in value:
            if type(item) not in _PLAIN:
                ascii_keys &= _check(item, depth - 1)
        return ascii_keys
    if isinstance(value, dict):
        ascii_keys = True
        for key, item in value.items():
            if not isinstance(key, str):
                raise CanonicalError("an object key is not a string")
            ascii_keys &= key.isascii()
            if type(item) not in _PLAIN:
                ascii_keys &= _check(item, depth - 1)
        return ascii_keys
    raise CanonicalError(f"a value of type {type(value).__name__} has no canonical form")


def _by_utf16(value: object) -> object:
    """Return the value with every object's keys in the order of their UTF-16 code units."""
    if isinstance(value, dict):
        try:
            keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        except UnicodeEncodeError:
            raise CanonicalError("an object key holds a lone surrogate") from None
        return {key: _by_utf16(value[key]) for key in keys}
    if isinstance(value, (list, tuple)):
        return [_by_utf16(item) for item in value]
    return value


def _to_utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise CanonicalError("a string holds a lone surrogate") from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise CanonicalError("an object has the same key twice")
    return members


def _refuse_number(_text: str) -> NoReturn:
    raise CanonicalError("a number is not an integer")


def _short_int(text: str) -> int:
    if len(text) > 17:
        raise CanonicalError("an integer is outside the range that JSON readers share")
    return int(text)


_decoder: Final = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=_refuse_number, parse_constant=_refuse_number, parse_int=_short_int
)
