"""Which column of a list means what: every header is understood, on the list of those to ignore, or named.

Headers are compared without case, accents, punctuation, footnote marks and the version of the occupational
classification, because lists spell them anew every year. Invariant: no column is dropped unnamed. A line counts as the
line of headers when it has at least two known ones; only of such a line is the text ever told.
"""

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gateway.adapters.sources.errors import LoadError

_FOOTNOTE = re.compile(r" ?(?:\b(?:footnote|note|note de bas de page)\b ?\d?|(?<!\d)\d{1,2})$")
_CLASSIFICATION = re.compile(
    r"\b(?:(?:under|by|sous|selon|code|codes|de|based on|la|the) )*(?:noc|cnp)(?: 20\d\d)?(?: v\d ?\d?)?\b"
)
_LONGEST_SHOWN = 80
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Words:
    """The headers of a format. `meanings` is what a header means by its plain spelling, `french` which of those
    spellings only a French edition has, `ignored` what may be left out, `required` what a list cannot do without."""

    meanings: Mapping[str, str]
    french: Collection[str]
    ignored: Collection[str]
    required: Collection[str]


@dataclass(frozen=True, slots=True)
class Headings:
    """Place of each meaning; `width` counts columns up to the last header, `columns` all cells of the line. `read_as`
    are the published headers with their meaning (None: ignored)."""

    places: Mapping[str, int]
    width: int
    columns: int
    french: bool
    read_as: tuple[tuple[str, str | None], ...]


def plain_header(cell: str) -> str:
    """Letters and digits, lower case, without accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", cell[:300].casefold())
    letters = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())


def headings(
    line: int, cells: Sequence[str], words: Words, ignore: Collection[str] = (), *, name: str = ""
) -> Headings | None:
    """What the columns mean, or None where this is not the line of headers.

    Raises LoadError where it is, and a header is not understood, missing or there twice."""
    known = {place: _known(cell, words) for place, cell in enumerate(cells) if cell}
    if sum(1 for found in known.values() if found in words.meanings) < 2:
        return None
    skipped = {plain_header(header) for header in (*words.ignored, *ignore)}
    places: dict[str, int] = {}
    read_as: list[tuple[str, str | None]] = []
    troubles: list[str] = []
    for place, found in known.items():
        if plain_header(cells[place]) in {plain_header(header) for header in ignore}:
            read_as.append((_shown(cells[place]), None))
        elif found in words.meanings:
            meaning = words.meanings[found]
            if meaning in places:
                troubles.append(f"two columns for {meaning}")
            places.setdefault(meaning, place)
            read_as.append((_shown(cells[place]), meaning))
        elif found in skipped or plain_header(cells[place]) in skipped:
            read_as.append((_shown(cells[place]), None))
        else:
            troubles.append(f"{_shown(cells[place])!r} is not understood{_suggestion(found, words)}")
    troubles += [f"no column for {meaning}" for meaning in sorted(words.required) if meaning not in places]
    if troubles:
        told = "; ".join(troubles[:_MOST_SHOWN])
        more = f"; and {len(troubles) - _MOST_SHOWN} more" if len(troubles) > _MOST_SHOWN else ""
        raise LoadError(
            f"{name}:{line}: headers: {told}{more}; nothing was changed (a column that is to be left out is named with"
            " --ignore-header)"
        )
    french = any(found in words.french for found in known.values())
    return Headings(places, max(known) + 1, len(cells), french, tuple(read_as))


def _known(cell: str, words: Words) -> str:
    """The spelling of `words` that the header is, or its plain spelling where it is none."""
    plain = plain_header(cell)
    bare = " ".join(_CLASSIFICATION.sub(" ", plain).split())
    for spelling in (plain, _FOOTNOTE.sub("", plain), bare or "noc", _FOOTNOTE.sub("", bare)):
        if spelling in words.meanings or spelling in words.ignored:
            return spelling
    return plain


def _suggestion(plain: str, words: Words) -> str:
    near = difflib.get_close_matches(plain[:100], words.meanings, 1, 0.75)
    bare = near or difflib.get_close_matches(_CLASSIFICATION.sub("", plain)[:100].strip(), words.meanings, 1, 0.75)
    return f" (near to {bare[0]!r}, which is {words.meanings[bare[0]]})" if bare else ""


def _shown(cell: str) -> str:
    printable = "".join(mark for mark in cell if mark.isprintable())
    return printable if len(printable) <= _LONGEST_SHOWN else printable[:_LONGEST_SHOWN] + "…"
