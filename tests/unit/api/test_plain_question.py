"""The short way of reading a question agrees with the model, and leaves to it whatever is unusual."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from gateway.api.plain_question import read_plain
from gateway.api.wire import REQUEST_EXAMPLES, DisclosureBody

GOOD: dict[str, Any] = {
    "agreement": "esdc-ircc-tfw",
    "purpose": "lmia-refresh",
    "record_type": "lmia",
    "elements": ["decision", "wage_hourly"],
    "subject": {"scheme": "lmia-system-file-number", "value": "8454322"},
    "case_reference": "W000000001",
    "acting_officer": "Zoë Ng",
    "recipient": "ircc-work-permits",
}
ODD: list[Any] = [
    *(None, "", "a", "A", "a b", "a\n", " ", "\u200b", "é", "a" * 64, "a" * 65, "a" * 200, "a" * 201, 1, True, [], {}),
    *(["a"], ["a", "a"], ["A"], ["a"] * 65, [1], {"scheme": "uci", "value": "x"}, {"scheme": "uci"}, "a\u0301" * 100),
    {"scheme": "uci", "value": "x", "more": 1},
    {"scheme": "U", "value": "x"},
    {"scheme": "uci", "value": ""},
    {"filter": {}, "limit": 5},
]


def agree(members: dict[str, Any]) -> bool:
    """Whether the short way read it; it may only where the model reads the same."""
    plain = read_plain(members)
    try:
        body = DisclosureBody.model_validate(members)
    except ValidationError:
        assert plain is None
        return False
    if plain is None:
        return False
    assert body.subject is not None
    assert (body.subject.scheme, body.subject.value) == (plain.subject.scheme, plain.subject.value)
    for name in DisclosureBody.model_fields.keys() - {"subject"}:
        assert getattr(body, name) == getattr(plain, name)
    return True


def test_the_usual_question_takes_the_short_way() -> None:
    assert agree(GOOD)
    assert agree(dict(REQUEST_EXAMPLES["one-record"]))
    assert not agree(dict(REQUEST_EXAMPLES["list"]))
    for name in ("agreement", "case_reference", "acting_officer", "recipient", "list", "ground"):
        assert agree({key: value for key, value in GOOD.items() if key != name})
        assert agree(GOOD | {name: None})


@pytest.mark.parametrize("name", [*GOOD, "list", "ground", "unheard_of"])
@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_one_odd_member(name: str, value: Any) -> None:
    agree(GOOD | {name: value})


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*GOOD, "list", "ground"]), st.sampled_from(ODD) | st.text(max_size=5)))
def test_whatever_else(changes: dict[str, Any]) -> None:
    agree(GOOD | json.loads(json.dumps(changes)))


def test_nothing_personal_is_in_its_representation() -> None:
    shown = repr(read_plain(GOOD))
    assert shown.startswith("PlainQuestion(")
    for value in ("8454322", "W000000001", "Ng", "lmia"):
        assert value not in shown
