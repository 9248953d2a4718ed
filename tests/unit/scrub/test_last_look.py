"""Names and numbers in spellings that the first pass may miss: replaced, or the whole note stays."""

import pytest

from gateway.adapters.scrub.last_look import lost_letters, other_spellings, valid_number_remains
from gateway.adapters.scrub.scrubber import MAX_CHARACTERS, PresidioScrubber
from gateway.domain.errors import ScrubError
from tests.growth import LINEAR, growth

SCRUBBER = PresidioScrubber()


def left(text: str, *names: str) -> str:
    return SCRUBBER.scrub(text, names).text


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("Mr. Li said Ng saw it.", "Mr. [NAME] said [NAME] saw it."),
        ("NG and LI left; mr li came back, ms. wu too", "[NAME] and [NAME] left; mr [NAME] came back, ms. [NAME] too"),
        ("Wu's room. Vo, too.", "[NAME]'s room. [NAME], too."),
        ("Lê saw it; LÊ left; Mme Le also", "[NAME] saw it; [NAME] left; Mme [NAME] also"),
        ("the li is a Chinese mile", "the li is a Chinese mile"),
        ("王 said so, and 王小明 left", "[NAME] said so, and [NAME] left"),
        ("김 said so", "[NAME] said so"),
        ("J.H. said, J. H. too, J.-H. again", "[NAME] said, [NAME] too, [NAME] again"),
        ("Musaʿed or Musa'ed or Musaed or Musaʔed", "[NAME] or [NAME] or [NAME] or [NAME]"),
        ("Ber\u3164ez\u2800ny and Ber\uffa0ezny and Ber\u200dezny", "[NAME] and [NAME] and [NAME]"),
    ],
)
def test_names_as_people_write_them(text: str, scrubbed: str) -> None:
    names = ("Wei Li", "Ng", "Anna Wu", "Vo", "Lê Thi Hoa", "王小明", "김민준", "Juan Hernandez", "Musaʿed", "Berezny")
    assert left(text, *names) == scrubbed


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("046 454 286 $18.50 an hour", "[SIN] $18.50 an hour"),
        ("paid on 046454286 CAD 500", "paid on [SIN] CAD 500"),
        ("1-046-454-286", "1-[SIN]"),
        ("046,454,286", "[SIN]"),
        ("046•454•286 and 046:454:286", "[SIN] and [SIN]"),
        ("O46 454 286 and 046 4S4 286", "[SIN] and 046 4S4 286"),
        ("$046 454 286", "$[SIN]"),
        ("card 4532 0151 1283 0366 $50", "card [NUMBER] $50"),
        ("card 3714 496353 98431", "card [NUMBER]"),
        (
            "$14.25 an hour, $17.20 in 2023; 120 boxes, 35 ladders",
            "$14.25 an hour, $17.20 in 2023; 120 boxes, 35 ladders",
        ),
    ],
)
def test_numbers_in_any_punctuation_beside_anything(text: str, scrubbed: str) -> None:
    assert left(text) == scrubbed


@pytest.mark.parametrize(
    "text",
    [
        "Jos&eacute; left",
        "Jos&#233; left",
        "Jos&#xE9; left",
        "Jos&amp;eacute; left",
        "P%C3%A9rez left",
        "P%25C3%25A9rez left",
        "JosÃ© left",
        "JosÃƒÂ© left",
        "P?rez left",
        "P??rez left",
        "P\ufffdrez left",
        "PÃ©rez left",
    ],
)
def test_a_name_as_machines_spell_it_is_doubtful_and_the_note_stays(text: str) -> None:
    with pytest.raises(ScrubError):
        left(text, "José Pérez")


def test_an_ordinary_question_mark_or_percent_is_not_doubtful() -> None:
    assert (
        left("Who said that? 100% of them & more; at 5%", "José Pérez") == "Who said that? 100% of them & more; at 5%"
    )


@pytest.mark.parametrize(
    ("folded", "remains"),
    [
        ("046 454 286", True),
        ("$046454286 dollars", True),
        ("x046454286x", True),
        ("12-046454286", True),
        ("04 64 54 286", True),
        ("O46 454 286", True),
        ("046 454 287", False),
        ("000 000 000", False),
        ("0464542861", False),
        ("12 046", False),
    ],
)
def test_the_last_look_has_no_exceptions(folded: str, remains: bool) -> None:
    assert valid_number_remains(folded) is remains


HOSTILE = ["\ufdfa", "1 ", "1-", "&amp;", "%25", "Ã©", "?", "ʿ", "O", "J.", "Ng ", "046 454 286 ", "a@", "\u3164"]


@pytest.mark.thorough
@pytest.mark.parametrize("unit", HOSTILE)
def test_scrubbing_costs_no_more_than_the_length(unit: str) -> None:
    def work(text: str) -> object:
        return SCRUBBER.scrub(text, ["Ng", "José Pérez", "Juan Hernandez"])

    assert growth(work, lambda size: (unit * size)[:size], MAX_CHARACTERS // 2, rounds=2) < LINEAR


def test_what_is_long_once_it_is_folded_stays() -> None:
    with pytest.raises(ScrubError, match="folded"):
        left("\ufdfa" * (MAX_CHARACTERS // 10))


def test_other_spellings_are_made_only_where_there_are_any() -> None:
    assert list(other_spellings("A plain note, 5% of it in German & French?")) == []
    assert not lost_letters("no letter is lost", ["José"])
