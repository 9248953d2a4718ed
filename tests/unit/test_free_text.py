"""Free text that people and partners write: what nobody can see is refused, with the member's name, not the value."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest

from gateway.api.ground_forms import FORM_EXAMPLES
from gateway.domain.free_text import is_readable
from tests.growth import LINEAR, growth
from tests.partner_api import SimulatedGateway, question
from tests.simulator import world
from tests.unit.test_disclose import RECORD

UNSEEN = {
    "blank": " ",
    "blanks": "   ",
    "no-break space": "\u00a0",
    "ideographic space": "\u3000",
    "zero-width space": "W1\u200b2",
    "zero-width joiner": "W1\u200d2",
    "byte order mark": "\ufeffW12",
    "soft hyphen": "W1\u00ad2",
    "mongolian vowel separator": "W1\u180e2",
    "combining grapheme joiner": "W1\u034f2",
    "hangul filler": "W1\u31642",
    "hangul choseong filler": "W1\u115f2",
    "half-width hangul filler": "\uffa0",
    "braille blank": "\u2800",
    "bidirectional override": "W1\u202e2",
    "bidirectional isolate": "W1\u20662",
    "left-to-right mark": "W1\u200e2",
    "arabic letter mark": "W1\u061c2",
    "variation selector": "W1\ufe0f2",
    "supplementary variation selector": "W1\U000e01002",
    "tag characters": "W1\U000e00412",
    "control": "W1\x072",
    "escape": "\x1b[31mW12",
    "null": "W1\x002",
    "delete": "W1\x7f2",
    "next line": "W1\x852",
    "line separator": "W1\u20282",
    "paragraph separator": "W1\u20292",
    "private use": "W1\ue0002",
    "unassigned": "W1\u03782",
    "noncharacter": "W1\ufdd02",
    "marks without a letter": "\u0301W12",
    "a heap of marks": "W" + "\u0301" * 5 + "12",
    "musical null notehead": "W1\U0001d1592",
}
READABLE = ["W000000001", "Dossier n° 12", "Çelik/É-42", "案件 12", "ق-12", "Nguyễn", "a" + "\u0301" * 4, "🍁 12"]
FREE = {
    "case_reference": lambda text: question(case_reference=text),
    "acting_officer": lambda text: question(acting_officer=text),
    "subject.value": lambda text: question(subject={"scheme": "uci", "value": text}),
    "list.filter": lambda text: question(subject=..., list={"filter": {"region": text}}),
    "list.cursor": lambda text: question(subject=..., list={"filter": {}, "cursor": text}),
    "ground.circumstances": lambda text: question(ground={**FORM_EXAMPLES["emergency"], "circumstances": text}),
    "ground.concerns.value": lambda text: question(
        ground={**FORM_EXAMPLES["court-order"], "concerns": {"scheme": "uci", "value": text}}
    ),
}


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_is_refused(text: str) -> None:
    assert not is_readable(text)
    assert not is_readable(text, prose=True)


@pytest.mark.parametrize("text", READABLE)
def test_what_people_write_is_taken(text: str) -> None:
    assert is_readable(text)
    assert is_readable(text + "\n\t" + text + "\u00a0:", prose=True)
    assert not is_readable(text + "\n")


@pytest.mark.parametrize("member", FREE)
def test_a_request_with_such_a_text_is_told_which_member(member: str) -> None:
    for text in UNSEEN.values():
        body: Mapping[str, Any] = FREE[member](text)
        place = SimulatedGateway(world([RECORD]))
        answer = asyncio.run(place.send(json.dumps(body).encode()))
        assert answer.status_code == 422
        assert answer.json()["element"].startswith(member)
        assert json.dumps(text)[1:-1] not in answer.text or not text.strip()


@pytest.mark.parametrize("text", ["\u0301", "é", "\u200b", "𝕎", " "])
def test_it_costs_no_more_than_the_length(text: str) -> None:
    assert growth(is_readable, lambda size: "é" + text * size, 100_000) < LINEAR
