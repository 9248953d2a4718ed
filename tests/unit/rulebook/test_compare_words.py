"""What a comparison says to a privacy lawyer: what becomes possible first, names and no codes, in both languages."""

import asyncio
import copy
import string
from collections.abc import Callable
from typing import Any

import pytest

from gateway.bootstrap.vocabulary import vocabulary
from gateway.service.review.compare import compare
from gateway.service.review.compare_sentences import COMPARED, MEMBERS_OF_AGREEMENT, TITLES
from gateway.service.review.compare_words import comparison_in_words
from gateway.service.review.comparison import Comparison, Kind, Level, Tendency
from gateway.service.review.naming import Naming
from gateway.service.review.text_changes import text_changes
from gateway.service.review.text_words import change_in_words, place_in_words
from gateway.service.words.sentences import BOTH, Lang
from tests.property.agreement_pairs import Document, side
from tests.unit.policy.queries import rulebook

Change = Callable[[Document], object]


def compared(agreement: str, change: Change) -> tuple[Comparison, dict[Lang, dict[str, str]]]:
    """The comparison of a shipped agreement with its changed self, and its sections as text."""
    version = rulebook().register.find(agreement)
    assert version is not None
    changed = copy.deepcopy(dict(version.document))
    change(changed)
    old, new = side(dict(version.document)), side(changed)
    found = asyncio.run(compare(old, new))
    told = {
        lang: {
            section.key: "\n".join(text for line in section.lines for text in (line.text, *line.below))
            for section in comparison_in_words(found, old.version, new.version, lang, vocabulary(rulebook()))
        }
        for lang in BOTH
    }
    return found, told


def clause(document: Document, purpose: str, position: int = 0) -> dict[str, Any]:
    [schedule] = [one for one in document["schedules"] if one["purpose"] == purpose]
    found: dict[str, Any] = schedule["clauses"][position]
    return found


def test_an_element_in_a_coarser_form_opens_nothing() -> None:
    def year_only(document: Document) -> None:
        entry = next(one for one in clause(document, "milestone-notice")["elements"] if one["name"] == "milestone_date")
        entry["form"] = {"kind": "generalize", "to": "year"}

    found, told = compared("london-icm", year_only)
    assert not found.wider
    assert [one.kind for one in found.differences] == [Kind.COARSER]
    assert told["en"]["possible"] == COMPARED["en"]["nothing-possible"]
    assert "Date of the milestone: the year only (before: as it is)" in told["en"]["impossible"]
    assert "Date du jalon : l'année seulement (avant : en clair)" in told["fr"]["impossible"]


def test_a_new_element_is_named_with_its_form_and_conditions() -> None:
    def birth(document: Document) -> None:
        text = {"en": "Needed", "fr": "Requis"}
        form = {"kind": "generalize", "to": "year"}
        clause(document, "milestone-notice")["elements"].append(
            {"name": "date_of_birth", "form": form, "necessity": text}
        )

    found, told = compared("london-icm", birth)
    assert found.wider
    [difference] = found.differences
    assert (difference.kind, difference.level) == (Kind.NEW, Level.ELEMENT)
    assert "The year only: Date of birth" in told["en"]["possible"]
    assert "where “Shared client” is yes" in told["en"]["possible"]
    assert "si « Client commun » est oui" in told["fr"]["possible"]


@pytest.mark.thorough
def test_a_recipient_whom_the_law_lets_have_nothing_is_said_to_be_without_effect() -> None:
    found, told = compared(
        "esdc-ircc-tfw", lambda document: clause(document, "lmia-refresh")["recipient"]["units"].append("esdc-isb")
    )
    assert not found.wider
    assert found.text[0].without_effect
    assert "By itself without effect" in told["en"]["text"]
    assert "Sans effet à lui seul" in told["fr"]["text"]


@pytest.mark.thorough
def test_a_longer_term_is_told_once_for_all_that_goes() -> None:
    found, told = compared("esdc-ircc-tfw", lambda document: document["term"].update(expiry="2030-04-01"))
    assert found.wider
    assert [one.everywhere for one in found.differences] == [True]
    assert "from 2029-04-01 until the day before 2030-04-01" in told["en"]["possible"]
    assert "du 2029-04-01 jusqu'à la veille du 2030-04-01" in told["fr"]["possible"]


def test_a_schedule_taken_out_is_a_purpose_that_is_gone() -> None:
    found, told = compared("esdc-ircc-tfw", lambda document: document["schedules"].pop())
    assert not found.wider
    assert {one.level for one in found.differences} == {Level.PURPOSE}
    assert "The purpose is gone" in told["en"]["impossible"]
    assert "yes or no, with a date" in told["en"]["impossible"].lower()


@pytest.mark.parametrize(
    ("change", "tendency", "english", "french"),
    [
        (
            lambda document: clause(document, "milestone-notice")["retention"].update(max_days=2000),
            Tendency.LOOSER,
            "Disposed of after: 2000 days (before: 1095 days). Loosens.",
            "Élimination après : 2000 jours (avant : 1095 jours). Assouplissement.",
        ),
        (
            lambda document: clause(document, "milestone-notice")["obligations"].remove("no-automatic-sanction"),
            Tendency.LOOSER,
            "Duty: taken out:",
            "Obligation : retrait :",
        ),
        (
            lambda document: document["secondary_use"].update(fr="Aucun, jamais."),
            Tendency.NEITHER,
            "Secondary use: reworded in French alone",
            "Usage secondaire : reformulé en français seulement",
        ),
    ],
)
def test_what_lets_nothing_more_go_is_told_as_text(
    change: Change, tendency: Tendency, english: str, french: str
) -> None:
    found, told = compared("london-icm", change)
    assert not found.wider
    assert not found.differences
    assert [one.tendency for one in found.text] == [tendency]
    assert english in told["en"]["text"]
    assert french in told["fr"]["text"]


def _leaves(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(node, dict):
        return [leaf for name, inner in node.items() for leaf in _leaves(inner, (*path, name))]
    if isinstance(node, list):
        return [leaf for index, inner in enumerate(node) for leaf in _leaves(inner, (*path, index))]
    return [path]


@pytest.mark.parametrize("agreement", ["london-icm", "esdc-ircc-tfw"])
def test_whatever_member_differs_is_told_and_has_words(agreement: str) -> None:
    version = rulebook().register.find(agreement)
    assert version is not None
    document = dict(version.document)
    for path in (path for path in _leaves(document)[::3] if "form" not in path):
        changed = copy.deepcopy(document)
        node: Any = changed
        for part in path[:-1]:
            node = node[part]
        node[path[-1]] = "zz" if node[path[-1]] is None or isinstance(node[path[-1]], str) else None
        changes = list(text_changes(document, changed))
        assert changes, path
        for change in changes:
            assert change.code in TITLES["en"]
            for lang in BOTH:
                name = Naming(lang, vocabulary(rulebook()))
                assert change_in_words(change, lang, name, version).strip(" :.")
                assert place_in_words(change, lang, name)


def test_both_languages_have_the_same_sentences_with_the_same_places() -> None:
    for table in (COMPARED, TITLES, MEMBERS_OF_AGREEMENT):
        assert table["en"].keys() == table["fr"].keys()
        for key, english in table["en"].items():
            assert _places(english) == _places(table["fr"][key]), key


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
