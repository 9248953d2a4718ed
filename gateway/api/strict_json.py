"""Reading the JSON of a request without a second reading of it being possible (RFC 8259, I-JSON RFC 7493).

Refused: anything but UTF-8, a byte order mark, duplicate member names, NaN and Infinity, numbers with a fraction or
of more than 15 digits, nesting deeper than `MAX_DEPTH`. Errors say which rule, never what stood there.
"""

import json
import re
from typing import Any

MAX_DEPTH = 6
# A string without its end is taken to the end of the body: no byte is looked at twice, whatever stands there.
_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_AS_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class StrictJsonError(ValueError):
    """The bytes are not acceptable JSON; `rule` names the broken rule."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"unacceptable JSON: {rule}")
        self.rule = rule


def read_object(body: bytes) -> dict[str, Any]:
    """The one JSON object in `body`.

    Raises:
        StrictJsonError: not-utf-8, byte-order-mark, too-deep, duplicate-member, number, syntax, surrogate or
            not-an-object.
    """
    if body[:3] == b"\xef\xbb\xbf":
        raise StrictJsonError("byte-order-mark")
    _check_depth(body)
    try:
        value = _DECODER.decode(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise StrictJsonError("not-utf-8") from None
    except StrictJsonError:
        raise
    except (ValueError, RecursionError):
        raise StrictJsonError("syntax") from None
    if b"\\u" in body and _LONE_SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        raise StrictJsonError("surrogate")
    if not isinstance(value, dict):
        raise StrictJsonError("not-an-object")
    return value


def _check_depth(body: bytes) -> None:
    """Takes the innermost pairs of brackets away, one level after the other; what is left is deeper, or not balanced,
    and the parser says so."""
    if body.count(b"{") + body.count(b"[") <= MAX_DEPTH:
        return
    brackets = _STRINGS.sub(b"", body).translate(_AS_BRACKETS, _NO_BRACKETS)
    for _level in range(MAX_DEPTH):
        brackets = brackets.replace(b"[]", b"")
    if b"[]" in brackets or brackets.count(b"[") > MAX_DEPTH:
        raise StrictJsonError("too-deep")


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise StrictJsonError("duplicate-member")
    return members


def _integer(digits: str) -> int:
    if len(digits) > 15:
        raise StrictJsonError("number")
    return int(digits)


def _refuse_number(_digits: str) -> Any:
    raise StrictJsonError("number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=_integer, parse_float=_refuse_number, parse_constant=_refuse_number
)
