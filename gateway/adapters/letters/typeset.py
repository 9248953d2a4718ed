"""From the marked lines of a notice or letter to plain text and to an accessible HTML page.

    # title    ## heading    ### heading below it    - item of a list    everything else: a paragraph

Invariant: what a person or a document said (`as_data`) is on one line, behind words of the template, and is escaped in
HTML, so that it can be no title, no item, no markup and no second page. HTML and PDF have the language, a title and
headings in order (EN 301 549 10, PDF/UA). French gets its non-breaking spaces here and nowhere else (Canadian usage:
before `:` and `»`, after `«`). What is for institutions only is marked Protected B. Does not: word anything.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from gateway.service.plain_words import Lang

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


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates. Autoescape is on for HTML; a name that is not given is an error, never a hole."""
    return Environment(
        loader=PackageLoader("gateway.adapters.letters"),
        autoescape=select_autoescape(enabled_extensions=("html.jinja",), default_for_string=True, default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


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


def page(marked: str, lang: Lang, *, protected: bool = False) -> str:
    """One HTML page that needs nothing from elsewhere; `protected` puts the handling mark on every page."""
    found = tuple(blocks(spaced(marked, lang)))
    title = next((block.lines[0] for block in found if block.kind == "h1"), "")
    return (
        environment()
        .get_template("page.html.jinja")
        .render(lang=lang, title=title, blocks=found, mark=PROTECTED if protected else "")
    )
