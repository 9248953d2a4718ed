"""English and French have equal status: whatever a person reads has both, neither empty nor a copy of the other."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from gateway.adapters.rulebook import load as agreements
from gateway.api.problems import PROBLEMS
from gateway.service.review.compare_sentences import COMPARED, MEMBERS_OF_AGREEMENT, TITLES
from gateway.service.rulebook.finding_words import WORDS
from gateway.service.words.forms import CODES, MEMBERS, TEXTS
from gateway.service.words.sentences import GROUNDS, KINDS, SENTENCES
from gateway.service.words.simulation import SIMULATION
from gateway.service.words.staff import ACTIONS, HELD, STATES
from tests.docs.generated import REPOSITORY

RULEBOOK = agreements.load()


def words(node: object, place: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every pair of `en` and `fr`, however deep, with where it is."""
    if isinstance(node, Mapping):
        if "en" in node or "fr" in node:
            yield place, node
        else:
            for name, value in node.items():
                yield from words(value, f"{place}.{name}")
    elif isinstance(node, (list, tuple)):
        for position, value in enumerate(node):
            yield from words(value, f"{place}[{position}]")


def in_both_languages(pair: Mapping[str, Any]) -> bool:
    english, french = str(pair.get("en", "")).strip(), str(pair.get("fr", "")).strip()
    return bool(english and french) and set(pair) == {"en", "fr"}


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_problem_is_told_in_both_languages(code: str) -> None:
    kind = PROBLEMS[code]
    for english, french in ((kind.title_en, kind.title_fr), (kind.remedy_en, kind.remedy_fr)):
        assert in_both_languages({"en": english, "fr": french})
        assert english != french


@pytest.mark.parametrize("code", RULEBOOK.reasons)
def test_every_reason_is_told_in_both_languages(code: str) -> None:
    title = RULEBOOK.reasons[code].title
    assert in_both_languages(title)
    assert title["en"] != title["fr"]


@pytest.mark.parametrize("code", RULEBOOK.obligations)
def test_every_obligation_is_told_in_both_languages(code: str) -> None:
    title = RULEBOOK.obligations[code]["title"]
    assert in_both_languages(title)
    assert title["en"] != title["fr"]


def test_purposes_provisions_and_agreements_are_told_in_both_languages() -> None:
    told = [
        *words(RULEBOOK.purposes, "purposes"),
        *words(RULEBOOK.authorities, "authorities"),
        *((f"{version.id}{place}", pair) for version in RULEBOOK.agreements for place, pair in words(version.document)),
    ]
    assert len(told) > 300
    assert [place for place, pair in told if not in_both_languages(pair)] == []


def test_every_record_type_and_element_has_a_label_in_both_languages() -> None:
    labels = {
        f"{record_type.id}.{element.name}": (element.label_en, element.label_fr)
        for record_type in RULEBOOK.catalogue.record_types.values()
        for element in record_type.elements.values()
    }
    labels |= {kind.id: (kind.label_en, kind.label_fr) for kind in RULEBOOK.catalogue.record_types.values()}
    assert [place for place, (english, french) in labels.items() if not english.strip() or not french.strip()] == []
    copied = [place for place, (english, french) in labels.items() if english == french]
    assert len(copied) < len(labels) / 10, copied


def french_texts() -> Iterator[str]:
    """What the partner API, the reasons, an explanation and the staff commands say in French."""
    for kind in PROBLEMS.values():
        yield from (kind.title_fr, kind.remedy_fr)
    for reason in RULEBOOK.reasons.values():
        yield from (reason.title["fr"], reason.what_to_do["fr"])
    for words_of in WORDS.values():
        yield from (words_of.fr, words_of.do_fr)
    for table in (
        COMPARED,
        TITLES,
        MEMBERS_OF_AGREEMENT,
        SENTENCES,
        SIMULATION,
        GROUNDS,
        KINDS,
        ACTIONS,
        STATES,
        HELD,
        MEMBERS,
        TEXTS,
        CODES,
    ):
        yield from table["fr"].values()


def test_french_uses_one_word_for_one_thing_and_one_apostrophe() -> None:
    """An agreement is accord, a request demande, an identifier identificateur, a ground fondement, a custodian
    dépositaire."""
    other = re.compile(
        r"requête|entente|identifiants?\b(?! personne)|détenteur|gardien|agent de protection|motif invoqué|"
        r"(autre|aucun|du) motif|’"
    )
    texts = list(french_texts())
    assert len(texts) > 350
    assert [text for text in texts if other.search(text)] == []


def test_every_reason_the_policy_gives_has_words() -> None:
    """A code without words would reach a partner as a bare code."""
    rules = [path for path in (REPOSITORY / "policies").rglob("*.rego") if not path.stem.endswith("_test")]
    given = {
        code for path in rules for code in re.findall(r'"code": "([a-z-]+)",\s*"citations"', path.read_text("utf-8"))
    }
    assert len(given) > 15
    assert given <= set(RULEBOOK.reasons)


def test_every_reason_the_gateway_gives_has_words() -> None:
    sources = [path.read_text("utf-8") for path in (REPOSITORY / "gateway").rglob("*.py")]
    given = {code for text in sources for code in re.findall(r'\bReason\("([a-z-]+)"', text)}
    assert given
    assert given <= {*RULEBOOK.reasons, *PROBLEMS}
