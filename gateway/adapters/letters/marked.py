"""The marked lines of a notice or letter, and how they are typed as plain text.

    # title    ## heading    ### heading below it    - item of a list    everything else: a paragraph

Invariant: what a person or a document said (`as_data`) is on one line, behind words of the template, so that it can be
no title and no item. French gets its non-breaking spaces here and nowhere else (Canadian usage: before `:` and `»`,
after `«`). What is for institutions only is marked Protected B. Does not: word anything, or make HTML (`typeset`).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gateway.service.words.sentences import Lang

_MARKS: Final = (("### ", "h3"), ("## ", "h2"), ("# ", "h1"), ("- ", "item"))
_UNDERLINE: Final = {"h1": "=", "h2": "-"}
PROTECTED: Final = "PROTECTED B / PROTÉGÉ B"
"""The handling mark of everything that is not a letter to a person (Directive on Security Management, Appendix J)."""

_KEPT_TOGETHER: Final = re.compile(
    r" (?=[:»])|(?<=«) |(?<=[\d)]) (?=[a-z]\))|(?<=\d) (?=\(\d+\))"
    r"|(?<=\d) (?=h \d\d\b)|(?<=\d h) (?=\d\d\b)|(?<=\b[A-Z]\d[A-Z]) (?=\d[A-Z]\d\b)"
)
"""Spaces in French at which no line ends: a time is `22 h 30`, a clause `32 h)`, a postal code `K1A 1H3`."""


@dataclass(frozen=True, slots=True)
class Block:
    """A title or heading (`h1` to `h3`), a paragraph (`p`) with one line, or a `list` of items."""

    kind: str
    lines: tuple[str, ...]


def as_data(text: str) -> str:
    """Text that somebody else wrote, on one line and without control or formatting characters."""
    shown = "".join(" " if unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp", "Cs") else one for one in text)
    return re.sub(r"\s+", " ", shown).strip()


def blocks(marked: str) -> Iterator[Block]:
    """The blocks of marked lines; items that follow one another are one list."""
    items: list[str] = []
    for line in (line.strip() for line in marked.splitlines()):
        kind, text = next(
            ((kind, line.removeprefix(mark)) for mark, kind in _MARKS if line.startswith(mark)), ("p", line)
        )
        if kind == "item":
            items.append(text)
            continue
        if items and line:
            yield Block("list", tuple(items))
            items = []
        if line:
            yield Block(kind, (text,))
    if items:
        yield Block("list", tuple(items))


def spaced(text: str, lang: Lang) -> str:
    """The text with the non-breaking spaces of its language."""
    return _KEPT_TOGETHER.sub("\N{NO-BREAK SPACE}", text) if lang == "fr" else text


def plain(marked: str, lang: Lang, *, protected: bool = False) -> str:
    """The text as one would type it, UTF-8, a blank line between blocks; `protected` puts the handling mark above."""
    shown = [PROTECTED] if protected else []
    for block in blocks(spaced(marked, lang)):
        lines = [f"- {line}" for line in block.lines] if block.kind == "list" else list(block.lines)
        if block.kind in _UNDERLINE:
            lines.append(_UNDERLINE[block.kind] * len(block.lines[0]))
        shown.append("\n".join(lines))
    return "\n\n".join(shown) + "\n"
