"""Text for a terminal: wrapped to its width and never cut, and nothing in it that a terminal would obey.

Invariant: what a person or a document wrote shows no escape sequence, no direction mark and no line of its own; JSON
keeps such characters as escapes, so that the data stays equal. Tables and bars are imported with the first of them.
Does not: word anything.
"""

import json
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gateway.adapters.letters.marked import as_data, spaced
from gateway.service.words.sentences import Lang

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_NOT_ASCII = re.compile(r"[^\n -~]")
_OBEYED = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


def console() -> "Console":
    """For tables: what stands in a cell is text, never markup, and no cell is cut."""
    from rich.console import Console

    return Console(markup=False, highlight=False)


def table(*headings: str, title: str | None = None) -> "Table":
    """A table whose cells fold at the terminal's width."""
    from rich.table import Column, Table

    return Table(*(Column(one, overflow="fold") for one in headings), title=title)


@contextmanager
def progress(title: str, unit: str, *, total: int | None = None) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, to be told how many are done and of how many; quiet where that is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def json_text(value: object) -> str:
    """Indented JSON whose text a terminal does not obey; reading it gives `value` again."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _NOT_ASCII.sub(lambda found: _escaped(found[0]), text)


def wrapped(text: str, lang: Lang, *, indent: int = 0) -> str:
    """The text as data, wrapped to the terminal's width; lines after the first stand two further in."""
    return textwrap.fill(
        spaced(as_data(text), lang),
        max(40, shutil.get_terminal_size().columns),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def listed(headings: Sequence[str], rows: Iterable[tuple[Sequence[str], Sequence[str]]], lang: Lang) -> Iterator[str]:
    """Rows of cells below their headings, each cell whole on one line; what belongs to a row is wrapped below it."""
    found = [([as_data(cell) for cell in cells], below) for cells, below in rows]
    widths = [max(map(len, column)) for column in zip(headings, *(cells for cells, _ in found), strict=True)]

    def line(cells: Sequence[str]) -> str:
        return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()

    yield line(headings)
    for cells, below in found:
        yield line(cells)
        yield from (wrapped(text, lang, indent=4) for text in below)


def _escaped(character: str) -> str:
    """As JSON escapes it, where a terminal would do something with it; `json` itself escapes only ASCII controls."""
    return json.dumps(character)[1:-1] if unicodedata.category(character) in _OBEYED else character
