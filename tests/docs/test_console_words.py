"""The words of the console: every key that a template or a view asks for is there, and none lies about unused."""

import re
from collections.abc import Iterator

import pytest

from gateway.console.layout import words as layout
from gateway.console.person.schemes import SCHEME_WORDS
from gateway.console.person.view import PERSON
from gateway.console.rendering import HERE
from gateway.console.session.picker import picker_topic
from gateway.console.topic import Topic
from gateway.console.topics import TOPICS
from gateway.service.person.hold_back import SECTIONS, WITHOUT_SECTION
from gateway.service.words.sentences import BOTH

_ASKED = re.compile(r"""\bt(?:\.has)?\(\s*"([\w-]+)"|visit\.words\(\s*"([\w-]+)"|self\.words\(\s*"([\w-]+)\"""")
_STEM = re.compile(r"""(?:\bt(?:\.has)?|words)\(\s*f?"([\w-]+-)(?:\{|"\s*~)""")

_END = re.compile(r"""\bt\(\s*[\w.]+\s*~\s*"(-[\w-]+)\"""")
_IMPORTED = re.compile(r"""(?:import|include|from) "(\w+)/\w+\.html\"""")


def _sources(folder: str) -> Iterator[str]:
    for path in (HERE / folder).iterdir():
        if path.suffix in (".html", ".py") and path.name != "words.py":
            yield path.read_text("utf-8")


@pytest.mark.parametrize("topic", [*TOPICS, picker_topic()], ids=lambda topic: topic.name)
def test_every_word_that_is_asked_for_is_there(topic: Topic) -> None:
    known = topic.words["en"].keys() | layout.WORDS["en"].keys()
    text = "\n".join(_sources(topic.name))
    asked = {name for found in _ASKED.findall(text) for name in found if name and not name.endswith("-")}
    assert asked <= known, asked - known


def test_every_reason_for_holding_back_has_words() -> None:
    reasons = {*SECTIONS, *WITHOUT_SECTION}
    for lang in BOTH:
        assert {f"reason-{reason}" for reason in reasons} <= PERSON.words[lang].keys()


def test_what_all_pages_share_is_said_in_both_languages() -> None:
    assert layout.WORDS["en"].keys() == layout.WORDS["fr"].keys()
    asked = {name for text in _sources("layout") for found in _ASKED.findall(text) for name in found if name}
    assert {name for name in asked if not name.endswith("-")} <= layout.WORDS["en"].keys()


@pytest.mark.parametrize("topic", [*TOPICS, picker_topic()], ids=lambda topic: topic.name)
def test_no_word_lies_about_unused(topic: Topic) -> None:
    own = "\n".join(_sources(topic.name))
    # Pieces that another topic's pages are made of take their words from the topic that shows them, and so do filters.
    others = sorted(set(_IMPORTED.findall(own)) - {topic.name})
    shared = [(HERE / "address_filters.py").read_text("utf-8")] if "address_filters" in own else []
    text = "\n".join([own, *shared, *(source for folder in others for source in _sources(folder))])
    stems = tuple(_STEM.findall(text))
    elsewhere = () if topic is PERSON else SCHEME_WORDS["en"]
    unused = [
        key
        for key in topic.words["en"]
        if key not in elsewhere
        and key != "menu"
        and f'"{key}"' not in text
        and not key.startswith(stems or ("\0",))
        and not key.endswith(tuple(_END.findall(text)) or ("\0",))
    ]
    assert unused == []
