"""The scrubber as a port: fails closed, forgets, and never says what it saw."""

import logging
import re
import socket
import threading
from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.adapters.scrub import scrubber as module
from gateway.adapters.scrub.names import DenyList
from gateway.adapters.scrub.scrubber import MAX_CHARACTERS, MAX_NAMES, Finding, PresidioScrubber, merge
from gateway.domain.errors import ScrubError
from gateway.domain.identifiers import luhn_valid
from gateway.service.ports import Scrubber
from tests.growth import LINEAR, growth

SCRUBBER = PresidioScrubber()


def scrub(text: str, *names: str) -> str:
    return SCRUBBER.scrub(text, names).text


def test_is_the_port_and_counts_what_it_replaced() -> None:
    port: Scrubber = SCRUBBER
    outcome = port.scrub("Ana Exemplar, SIN 046 454 286, and Ana again", ["Ana Exemplar"])
    assert outcome.text == "[NAME], SIN [SIN], and [NAME] again"
    assert outcome.replaced == {"NAME": 2, "SIN": 1}


def test_an_empty_text_and_a_clean_text_come_back_as_they_were() -> None:
    assert scrub("") == ""
    assert scrub("  Rien à dire – “14 h”, 85100.\n") == "  Rien à dire – “14 h”, 85100.\n"


def test_placeholders_are_the_same_in_french() -> None:
    assert scrub("Née le 3 mars 2024, NAS 046454286.") == "Née le [DATE], NAS [SIN]."


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("SIN #046/454/286", "SIN #[SIN]"),
        ("SIN 0 4 6 4 5 4 2 8 6", "SIN [SIN]"),
        ("NAS 046, 454, 286", "NAS [SIN]"),
        ("04 64 54 286 is her NAS", "[SIN] is her NAS"),
        ("UCI 1234 – 5678", "UCI [UCI]"),
        ("LMIA 7,654,321", "LMIA [LMIA]"),
        ("EIMT nº 7654321", "EIMT nº [LMIA]"),
        ("permit U 12345 6789", "permit [PERMIT]"),
        ("appelez le 555 0100", "appelez le [PHONE]"),
        ("K 1 A 0 B 1 or K1A OB1", "[POSTAL] or [POSTAL]"),
        ("03MAR2024, Mar 3/24, 3.3.24, 2024 03 12", "[DATE], [DATE], [DATE], [DATE]"),
        ("write ana @ example . org", "write [EMAIL]"),
        ("from 192.0.2.17", "from [URL]"),
        ("SIN ०४६ ४५४ २८६", "SIN [SIN]"),
        ("$1250000 or 1 250 000 $, 209.3(1)(a), NOC 85100, 40h, 10:30", None),
        ("IMM5710, A72, 2019-2023, 2 000 kg, 17,50 $", None),
    ],
    ids=count(),
)
def test_spellings_people_use(text: str, scrubbed: str | None) -> None:
    assert scrub(text) == (text if scrubbed is None else scrubbed)


@pytest.mark.parametrize("name", ["Sin", "Date", "Name Phone"])
def test_people_named_like_a_placeholder(name: str) -> None:
    once = scrub(f"{name} gave 046 454 286 on 2024-03-03", name)
    assert name not in once
    assert scrub(once, name) == once


def test_too_long_a_text_or_list_is_refused_without_quoting_it() -> None:
    with pytest.raises(ScrubError) as caught:
        scrub("SECRET " * MAX_CHARACTERS)
    assert "SECRET" not in str(caught.value)
    with pytest.raises(ScrubError):
        SCRUBBER.scrub("x", ["Ana"] * (MAX_NAMES + 1))
    with pytest.raises(ScrubError):
        scrub("x", "SECRET" * 100)


def test_too_many_findings_are_refused() -> None:
    with pytest.raises(ScrubError, match="findings"):
        scrub("1/1/24 " * (module.MAX_FINDINGS + 1))


def test_a_failing_engine_fails_the_scrub_without_a_trace_of_the_text() -> None:
    class Broken:
        def analyze(self, text: str, **_options: Any) -> list[Any]:
            raise ValueError(f"Did not find word '{text}'")

    engine: Any = Broken()
    with pytest.raises(ScrubError) as caught:
        PresidioScrubber(engine).scrub("SECRET", ())
    assert "SECRET" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_number_that_detection_overlooked_fails_the_scrub() -> None:
    class Blind:
        def analyze(self, _text: str, **_options: Any) -> list[Any]:
            return []

    engine: Any = Blind()
    for spelling in ("046 454 286", "046454286", "04645-4286", "０４６４５４２８６"):
        with pytest.raises(ScrubError, match="check digit"):
            PresidioScrubber(engine).scrub(f"number {spelling} here", ())
    assert PresidioScrubber(engine).scrub("number 046 454 287 here", ()).text == "number 046 454 287 here"


def test_a_name_that_detection_overlooked_fails_the_scrub(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_names(_deny: DenyList, _searched: str) -> Sequence[Finding]:
        return []

    monkeypatch.setattr(module, "_names", no_names)
    with pytest.raises(ScrubError) as caught:
        scrub("Ana spoke", "Ana Exemplar")
    assert "Ana" not in str(caught.value)


def test_nothing_of_the_text_is_logged_at_any_level(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        PresidioScrubber().scrub("SIN CANARYWORD 046 454 286 of Anaximander", ["Anaximander"])
    for record in caplog.records:
        assert not {"CANARYWORD", "046", "Anaximander"} & set(re.findall(r"\w+", record.getMessage()))


def test_no_network_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert PresidioScrubber().scrub("write a.b@example.org", ()).text == "write [EMAIL]"


def test_threads_share_one_scrubber() -> None:
    wrong: list[str] = []

    def work(number: int) -> None:
        for _ in range(20):
            text = SCRUBBER.scrub(f"Worker{'abcdefgh'[number] * 3} on 2024-03-0{number + 1}", ()).text
            if text != f"Worker{'abcdefgh'[number] * 3} on [DATE]":
                wrong.append(text)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_overlapping_findings_become_one() -> None:
    text = "0123456789 abcdefgh"
    assert merge(text, [Finding(0, 5, "SIN", 0.6), Finding(3, 9, "PHONE", 0.7)]) == [Finding(0, 9, "PHONE", 0.7)]
    assert merge(text, [Finding(0, 9, "EMAIL", 0.9), Finding(2, 4, "NAME", 1.0)]) == [Finding(0, 9, "EMAIL", 0.9)]
    assert merge(text, [Finding(0, 9, "SIN", 0.6), Finding(0, 9, "BN", 0.9)]) == [Finding(0, 9, "BN", 0.9)]
    assert merge(text, [Finding(0, 9, "NAME", 1), Finding(0, 9, "UCI", 0.6)]) == [Finding(0, 9, "UCI", 0.6)]
    assert merge(text, [Finding(0, 10, "NAME", 1), Finding(11, 13, "NAME", 1)]) == [Finding(0, 13, "NAME", 1)]
    assert merge(text, [Finding(0, 10, "SIN", 1), Finding(11, 13, "SIN", 1)]) == [
        Finding(0, 10, "SIN", 1),
        Finding(11, 13, "SIN", 1),
    ]


@pytest.mark.thorough
@pytest.mark.parametrize(
    "unit",
    ["1 ", "12 Aa ", "a@", "a.", "1-", "A1-", "http://", "e\u0301", "file A1-", "12 rue Aa ", "May 1 ", "a b ", "("],
)
def test_hostile_repetition_costs_linear_time(unit: str) -> None:
    def work(text: str) -> None:
        scrub(text, "Ana Exemplar", "Li Wu")

    assert growth(work, lambda size: (unit * size)[:size], MAX_CHARACTERS, rounds=2) < LINEAR


TITLES = {"llc", "ltd", "mrs"}
SEPARATORS = st.sampled_from(["", " ", "-", ".", "\u00a0", "\u2011", "\u2009", "\n", " - ", "\u200b"])


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9_999_999), SEPARATORS, SEPARATORS, st.sampled_from(["SIN ", "NAS : ", "", "sin#"]))
def test_every_valid_sin_goes_in_every_spelling(number: int, one: str, two: str, label: str) -> None:
    body = f"0{number:07d}"
    digits = next(body + check for check in "0123456789" if luhn_valid(body + check))
    spelled = f"{digits[:3]}{one}{digits[3:6]}{two}{digits[6:]}"
    found = scrub(f"She wrote {label}{spelled} on the form")
    assert not any(character.isdigit() for character in found)


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="bcdfghjklmnpqrtvwxz", min_size=3, max_size=10).filter(lambda name: name not in TITLES),
    st.text(alphabet="bcdfghjklmnpqrtvwxz", min_size=3, max_size=10).filter(lambda name: name not in TITLES),
    st.sampled_from(["{0} {1}", "{1}, {0}", "{0}", "{1}", "{0}-{1}", "{0}{1}", "{1}'s", "d'{0}", "({1})"]),
    st.sampled_from([str.lower, str.upper, str.title]),
)
def test_a_name_of_the_record_never_remains(given_name: str, family: str, shape: str, case: Any) -> None:
    mention = shape.format(case(given_name), case(family))
    found = scrub(f"Then {mention} spoke of 3 shifts.", f"{given_name.title()} {family.title()}")
    words = re.findall(r"[a-z]+", found.lower())
    assert given_name not in words
    assert family not in words
    assert given_name + family not in words
