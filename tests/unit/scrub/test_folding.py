"""Folding keeps the way back to the source."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.adapters.scrub.folding import blank_placeholders, fold


def test_folds_what_people_and_tricksters_type() -> None:
    assert fold("Éboulard’s café – ０４６\u00a0٤٥٤").text == "Eboulard's cafe - 046 454"
    assert fold("S\u200bI\u00adN\ufeff\u2060").text == "SIN"
    assert fold("Søren Œuvre ﬁn Straße").text == "Soren OEuvre fin Strasse"
    assert fold("\u0410n\u0430 \u039d\u03bf").text == "Ana No"


def test_a_span_covers_its_source_with_invisible_company() -> None:
    source = "x Zo\u200be\u0301\u200d y"
    folded = fold(source)
    start = folded.text.index("Zoe")
    first, last = folded.span(start, start + 3)
    assert source[first:last] == "Zo\u200be\u0301\u200d"


def test_one_character_folded_to_two_is_covered_whole() -> None:
    folded = fold("aœb")
    assert folded.text == "aoeb"
    assert folded.span(1, 2) == (1, 2)
    assert folded.span(2, 3) == (1, 2)


@given(st.text(max_size=80))
def test_every_folded_character_has_a_source_in_order(source: str) -> None:
    folded = fold(source)
    spans = [folded.span(index, index + 1) for index in range(len(folded.text))]
    assert all(0 <= first < last <= len(source) for first, last in spans)
    assert [first for first, _ in spans] == sorted(first for first, _ in spans)


def test_only_known_placeholders_are_blanked() -> None:
    known = frozenset({"[SIN]"})
    assert blank_placeholders("a [SIN] [ANA] b", known) == "a \ufffc\ufffc\ufffc\ufffc\ufffc [ANA] b"
