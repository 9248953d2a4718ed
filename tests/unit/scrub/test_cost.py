"""No pattern costs more than the length of the text, whatever the text repeats; what Presidio lends is held to it."""

import re
from typing import Any

import pytest
from presidio_analyzer.predefined_recognizers import InPanRecognizer, PhTinRecognizer

from gateway.adapters.scrub.borrowed import borrowed
from gateway.adapters.scrub.recognizer import FLAGS, NEEDS_CONTEXT, Rule
from gateway.adapters.scrub.scrubber import RULES
from tests.growth import LINEAR, growth

UNITS = (
    "1 ", "1", "1-", "1.", "1/", "a", "a ", "a.", "a@", "a-", "a_", "A1", "A1-", "AB 12 ", "Aa ", "12 Aa ",
    "12 rue Aa ",
    "calle a ", "calle Aa ", "carr a ", "lot 1, ", "box 1 ", "May 1 ", "1 de ", "1 de mayo ", "05/", "2024-", "(",
    "fb: a",
    "insta id ", "account 1 ", "cuenta de ", "curp no ", "plate is ", "placa de ", "a at b ", "a dot ", "@a", "a.b",
    "a_at_", "Col. A ", "site 1 ", "born on ", "+1 ", "(519) ", "1-800 ", "O1 ", "http://", "www.", "swift ",
    "1a ", " ",
    "\n", "staff id ", "case no ", "AAAA", "AAAA00", "a'",
)  # fmt: skip
SIZE = 8_000
ATTEMPTS = 3
"""A busy machine blurs a ratio of milliseconds; a pattern that is not linear is not so in any attempt."""


def searched(rule: Rule, texts: list[str]) -> None:
    for pattern, _ in rule.patterns:
        for text in texts:
            for _ in re.compile(pattern, FLAGS).finditer(text):
                pass


@pytest.mark.thorough
@pytest.mark.parametrize("number", range(len(RULES)), ids=lambda number: f"{RULES[number].entity}-{number}")
def test_every_pattern_is_linear(number: int) -> None:
    rule = RULES[number]

    def work(texts: list[str]) -> None:
        searched(rule, texts)

    def texts(size: int) -> list[str]:
        return [(unit * size)[:size] for unit in UNITS]

    assert any(growth(work, texts, SIZE, rounds=3) < LINEAR for _ in range(ATTEMPTS))


@pytest.mark.thorough
def test_the_measure_notices_a_pattern_that_is_not() -> None:
    endless = Rule("X", ((r"(?=.*[0-9]{9})a", 0.5),))
    assert growth(lambda texts: searched(endless, texts), lambda size: ["a" * size], SIZE, rounds=2) > LINEAR


def test_a_pattern_of_presidio_that_looks_over_the_whole_text_is_left_out() -> None:
    lent: Any = InPanRecognizer()
    kept = {pattern for pattern, _ in borrowed(lent, "NATIONAL").patterns}
    assert kept < {pattern.regex for pattern in lent.patterns}
    assert not any(".*" in pattern for pattern in kept)


def test_weak_patterns_of_presidio_need_their_words() -> None:
    rule = borrowed(PhTinRecognizer(), "NATIONAL", "bureau", checked=False)
    assert {score for _, score in rule.patterns} == {NEEDS_CONTEXT}
    assert {"tin", "bureau"} <= set(rule.context)
    assert not {"number", "id"} & set(rule.context)
    assert rule.check is None
