"""Why an act on a draft is not done, in both languages: every code that is raised has words with room for its facts."""

import ast
import string
from pathlib import Path
from typing import Any, get_args

import pytest

import gateway
from gateway.service.rulebook.documents import Fault
from gateway.service.rulebook.errors import DraftChangedError, DraftError, DraftFaultsError, RulebookChangedError
from gateway.service.words.rulebook import STANDINGS, STATES
from gateway.service.words.rulebook_refusals import DONE, FIRST, REFUSALS, STANDS, rulebook_refusal
from gateway.service.words.sentences import Lang

ROOT = Path(gateway.__file__).parent
LANGUAGES = get_args(Lang)
WORDED = {"stands": "state", "first": "state", "done": "done", "standing": "standing"}
"""Which fact a word of a sentence is made of, where it has another name."""


def raised() -> list[tuple[str, dict[str, Any]]]:
    """Every `DraftError(...)` of the product: its code and the names of its facts, a constant fact with its value."""
    found = []
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "DraftError":
                continue
            code = ast.literal_eval(node.args[0])
            assert len(node.args) == 1, f"{file.name}: a message where facts belong"
            facts = {
                str(word.arg): word.value.value if isinstance(word.value, ast.Constant) else None
                for word in node.keywords
            }
            found.append((code, facts))
    return found


def _names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_refusal_that_is_raised_has_words_with_room_for_its_facts() -> None:
    assert len(raised()) > 30
    for code, facts in raised():
        variants = [facts["variant"]] if facts.get("variant") else ["en", "fr"] if "variant" in facts else [None]
        for variant in variants:
            key = f"{code}:{variant}" if variant else code
            for lang in LANGUAGES:
                assert {WORDED.get(name, name) for name in _names(REFUSALS[lang][key])} <= set(facts), key


def test_both_languages_say_the_same_codes_of_the_same_facts() -> None:
    for table in (REFUSALS, STANDS, FIRST, DONE):
        english, french = table["en"], table["fr"]
        assert set(english) == set(french)
        for code, sentence in english.items():
            assert _names(sentence) == _names(french[code]), code
            assert sentence != french[code], code
    assert set(STANDS["en"]) == set(FIRST["en"]) == set(STATES["en"])


def test_a_state_and_a_standing_are_told_in_words_of_the_language() -> None:
    error = DraftError("stopped-already", agreement="london-icm", standing="suspended")
    assert str(error) == "london-icm is suspended already"
    assert rulebook_refusal(error.code, "fr", error.facts) == "london-icm est déjà suspendu"
    waiting = DraftError("wrong-state", state="in-review", done="submitted")
    assert str(waiting).startswith("this draft is in review, so it is not submitted. First: gateway agreements approve")
    french = rulebook_refusal(waiting.code, "fr", waiting.facts)
    assert french is not None
    assert french.startswith("ce projet est à l'examen; il n'est donc pas soumis. D'abord")
    assert set(STANDINGS["fr"]) >= {"suspended", "terminated"}


def test_what_changed_and_what_does_not_fit_are_told_in_both_languages() -> None:
    changed = DraftChangedError(["isa/a.yaml", "isa/b.yaml"], 4)
    assert "isa/a.yaml, isa/b.yaml" in str(changed)
    assert "révision 4" in str(rulebook_refusal(changed.code, "fr", changed.facts))
    assert "son état" in str(rulebook_refusal("draft-changed", "fr", DraftChangedError([], 4).facts))
    faults = DraftFaultsError([Fault("isa/a.yaml", 3, "an English fault", "un défaut français")])
    assert "isa/a.yaml:3: an English fault" in str(faults)
    french = str(rulebook_refusal(faults.code, "fr", faults.facts))
    assert "isa/a.yaml:3 : un défaut français" in french
    assert "English" not in french
    assert "recueil de règles" in str(rulebook_refusal(RulebookChangedError.code, "fr", {}))


@pytest.mark.parametrize(("code", "facts"), [("argument-malformed", {}), ("office", {}), ("unheard-of", {"most": 3})])
def test_a_code_of_another_kind_is_left_to_its_own_words(code: str, facts: dict[str, Any]) -> None:
    assert rulebook_refusal(code, "fr", facts) is None
