"""Reading the JSON of a request without a second reading of it being possible (RFC 8259, I-JSON RFC 7493).

Refused: anything but UTF-8, a byte order mark, duplicate member names, NaN and Infinity, numbers with a fraction or
of more than 15 digits, nesting deeper than `MAX_DEPTH`. Errors say which rule, never what stood there.
"""

import json
import re
from typing import Any

MAX_DEPTH = 6
# A string without its end is taken to the end of the body: no byte is looked at twice, whatever stands there.
_TOKENS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?|([{\[])|([}\]])', re.DOTALL)
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
    if body.count(b"{") + body.count(b"[") <= MAX_DEPTH:
        return
    depth = 0
    for token in _TOKENS.finditer(body):
        if token[1]:
            depth += 1
            if depth > MAX_DEPTH:
                raise StrictJsonError("too-deep")
        elif token[2]:
            depth -= 1
            if depth < 0:
                raise StrictJsonError("syntax")


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
