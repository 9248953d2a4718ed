"""Strict JSON: what is refused by which rule, and that no body costs more than its length."""

from collections.abc import Callable

import pytest

from gateway.api.exchange import MAX_BODY
from gateway.api.strict_json import MAX_DEPTH, StrictJsonError, read_object
from tests.growth import LINEAR, growth


def _deep(filling: bytes) -> Callable[[int], bytes]:
    def make(size: int) -> bytes:
        return b"[" * (MAX_DEPTH + 1) + filling * (size // len(filling))

    return make


def _inside(filling: bytes) -> Callable[[int], bytes]:
    """Within the depth that is allowed, so that the whole body has to be read."""

    def make(size: int) -> bytes:
        return b'{"a":' + b"[" * (MAX_DEPTH - 1) + b'"' + filling * (size // len(filling))

    return make


HOSTILE = {
    "escaped-quotes": _deep(b'\\"'),
    "quote-and-backslash": _deep(b'"\\'),
    "quotes": _deep(b'"'),
    "a-string-without-end": _inside(b'\\"'),
    "backslashes": _inside(b"\\"),
    "strings-in-brackets": _inside(b'["\\"'),
    "closing": lambda size: b"]" * (size - 10) + b"[" * 10,
    "opening-and-closing": lambda size: b'{"a":[' + b"[]," * (size // 3),
    "members": lambda size: b"{" + b",".join(b'"%d":1' % number for number in range(size // 10)) + b"}",
    "digits": lambda size: b'{"a":' + b"1" * size + b"}",
    "escapes": lambda size: b'{"a":"' + b"\\ud83d\\ude00" * (size // 12) + b'"}',
    "lone-surrogates": lambda size: b'{"a":"' + b"\\ud800" * (size // 6) + b'"}',
    "white-space": lambda size: b"{" + b" \n" * (size // 2),
}


@pytest.mark.thorough
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_reading_costs_no_more_than_the_length(make: Callable[[int], bytes]) -> None:
    # Eight times the size that the wire admits, so that what is measured is more than the clock's own grain.
    assert growth(read_object_of, make, 8 * MAX_BODY) < LINEAR


def read_object_of(body: bytes) -> object:
    return read_object(body)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (b"[" * (MAX_DEPTH + 1) + b'\\"' * 32_000, "too-deep"),
        (b'{"a":[[[[[[[1]]]]]]]}', "too-deep"),
        (b'{"a":"[[[[[[[[["}', None),
        (b'{"a":"\\"[[[[[[[[["}', None),
        (b'{"a":"\\\\","b":[[[[[1]]]]]}', None),
        (b"]]]]]]][[[[[[[", "too-deep"),
        (b'{"a":"' + b"x" * 100, "syntax"),
        (b'{"a":1}}}}}}}}{{{{{{{', "too-deep"),
    ],
)
def test_the_depth_is_that_of_brackets_outside_strings(body: bytes, rule: str | None) -> None:
    if rule is None:
        read_object(body)
        return
    with pytest.raises(StrictJsonError) as refused:
        read_object(body)
    assert refused.value.rule == rule
