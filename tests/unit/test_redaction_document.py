"""docs/redaction.md is recomputed: its table of forms, its placeholders, its limits on size."""

import json
import pathlib
import re
from datetime import date

import pytest

from gateway.adapters.scrub.scrubber import MAX_CHARACTERS, PLACEHOLDERS, PresidioScrubber
from gateway.domain.element import Element, Form, FormKind, Sensitivity
from gateway.domain.errors import ScrubError
from gateway.domain.pseudonym import PseudonymKey
from gateway.domain.redact import Redacted, RedactionContext, redact

ROW = re.compile(r"^\| `([a-z0-9:-]+)` \| `([a-z0-9-]+)` \| `(.+)` \| `(.+)` \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def document() -> str:
    root = pathlib.Path(__file__).resolve().parents[2]
    return (root / "docs" / "redaction.md").read_text(encoding="utf-8")


def _form(code: str) -> Form:
    kind, _, parameter = code.partition(":")
    if parameter.isdigit():
        return Form(FormKind(kind), keep=int(parameter))
    return Form(FormKind(kind), to=parameter or None)


def test_the_table_of_forms(document: str) -> None:
    context = RedactionContext(
        on=date(2026, 6, 15),
        pseudonyms=PseudonymKey.derive(b"\x01" * 32, "ircc", "esdc-ircc-tfw"),
        scrubber=PresidioScrubber(),
    )
    rows = ROW.findall(document)
    assert {_form(code).kind for code, *_ in rows} == set(FormKind)
    for code, type_code, value, becomes in rows:
        element = Element("e", type_code, Sensitivity.OPERATIONAL, "E", "E", "federal")
        outcome = redact(element, _form(code), json.loads(value), context)
        assert outcome == Redacted(json.loads(becomes)), code
        assert _form(code).code == code


def test_every_placeholder_is_explained(document: str) -> None:
    assert set(re.findall(r"^\| `(\[[A-Z]+\])` \|", document, re.MULTILINE)) == PLACEHOLDERS


SHOWN = re.compile(r"^\| ([A-Z][^|`]*|nobody) \| `([^`]+)` \| (?:`([^`]+)`|withheld) \|$", re.MULTILINE)


def test_what_the_limits_show_is_what_happens(document: str) -> None:
    scrubber = PresidioScrubber()
    rows = SHOWN.findall(document)
    assert len(rows) >= 20
    for name, written, leaves in rows:
        try:
            text = scrubber.scrub(written, () if name == "nobody" else (name,)).text
        except ScrubError:
            text = ""
        assert text == leaves, written


def test_the_limit_is_the_real_one(document: str) -> None:
    assert f"longer than {MAX_CHARACTERS:,} characters" in document
