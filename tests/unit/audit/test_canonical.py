"""Canonical JSON: one value, one spelling, and nothing else is read."""

import json
from collections import OrderedDict
from enum import StrEnum

import pytest

from audit import canonical
from audit.errors import CanonicalError


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None, "x"]}, b'{"a":[true,null,"x"],"b":1}'),
        ({}, b"{}"),
        ((1, 2), b"[1,2]"),
        ('\u20ac$\u000f\nA\'B"\\"/\u007f', b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\"/\x7f"'),
        (2**53 - 1, b"9007199254740991"),
        (-(2**53) + 1, b"-9007199254740991"),
        (Colour.RED, b'"red"'),
        (OrderedDict(z=0, y={"d": 1, "c": 2}), b'{"y":{"c":2,"d":1},"z":0}'),
    ],
)
def test_values_have_their_one_spelling(value: object, expected: bytes) -> None:
    assert canonical.encode(value) == expected
    assert canonical.encode(canonical.decode(expected)) == expected


def test_keys_sort_by_utf16_code_units_as_in_rfc_8785_3_2_3() -> None:
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    keys = list(json.loads(canonical.encode(value)))
    assert keys == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert canonical.decode(canonical.encode({"list": [value]})) == {"list": [value]}
    inner = canonical.encode({"\u20ac": [{"b": 1, "a": {"\U0001f600": 1, "\ufb33": 2}}]})
    assert inner == '{"\u20ac":[{"a":{"\U0001f600":1,"\ufb33":2},"b":1}]}'.encode()
    assert canonical.encode({"\u20ac": {"\ufb33": 2, "\U0001f600": 1}}) == (
        '{"\u20ac":{"\U0001f600":1,"\ufb33":2}}'.encode()
    )


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), {"a": [0.5]}, 2**53, -(2**53), {1: "a"}, {None: 1}, b"bytes", {"a": {1, 2}}, object()],
)
def test_values_without_a_canonical_form_are_refused(value: object) -> None:
    with pytest.raises(CanonicalError):
        canonical.encode(value)


@pytest.mark.parametrize("value", ["\ud800", {"\ud800": 1}, {"\u20ac\udfff": 1}, ["a", "\udc00"]])
def test_lone_surrogates_are_refused(value: object) -> None:
    with pytest.raises(CanonicalError):
        canonical.encode(value)


def test_depth_is_capped() -> None:
    value: object = 1
    for _ in range(canonical.MAX_DEPTH):
        value = [value]
    assert canonical.encode(value)
    with pytest.raises(CanonicalError):
        canonical.encode([value])


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"a":{"b":1,"b":2}}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b"1.0",
        b"1e3",
        b"-0",
        b"NaN",
        b"Infinity",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\ud800"',
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b"\xef\xbb\xbf1",
        b"9007199254740992",
        b"1" * 5000,
        b"",
        b"[1,]",
        b"{} {}",
        b"[" * 100_000,
    ],
)
def test_bytes_that_encode_would_not_write_are_refused(data: bytes) -> None:
    with pytest.raises(CanonicalError):
        canonical.decode(data)


def test_parse_reads_any_spelling_but_no_ambiguity() -> None:
    assert canonical.parse(b' {"b": 1, "a": "\\u0041"} ') == {"b": 1, "a": "A"}
    for data in (b'{"a":1,"a":2}', b"[NaN]", b"[1.5]", b"\xff"):
        with pytest.raises(CanonicalError):
            canonical.parse(data)


def test_messages_never_hold_the_value() -> None:
    for data in (b'{"canary-8812":1,"canary-8812":1}', b'["canary-8812",1.5]', b'"canary-8812'):
        with pytest.raises(CanonicalError) as caught:
            canonical.decode(data)
        assert "8812" not in str(caught.value)
        assert caught.value.__cause__ is None
