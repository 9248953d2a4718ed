"""Which edition of a list a file is, from its name or as it was given: matched whole, or not at all.

A quarter is `2024Q1`; a file of several quarters in a row is an edition of its own, `2017Q1-Q2`, because its rows
cannot be told apart. A name that holds two editions, or goes on where the edition should end, is asked about and not
guessed.
"""

import re
import unicodedata
from collections.abc import Iterable

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.dates import MONTH, month_number

_GAP = r"[ _.\-–]*"
_JOINED = rf"{_GAP}(?:to|a|et|and)?{_GAP}"
_QUARTERS = rf"[qt][1-4](?!\d)(?:{_JOINED}[qt][1-4](?!\d))*"
_QUARTER = re.compile(
    rf"(?<!\d)(?P<year>20\d\d){_GAP}(?P<after>{_QUARTERS})(?=(?:en|fr|eng|fra)?(?:[^0-9a-z]|$))(?![-–]\d)"
    rf"|(?<![0-9a-z])(?P<before>{_QUARTERS}){_GAP}(?P<of>20\d\d)(?!\d)"
)
_NUMBER = re.compile(r"[qt]([1-4])")
_RANGE_WORD = re.compile(r"[qt][1-4][ _.]*(?:-|–|to|a)[ _.]*[qt][1-4]")
_SPAN = re.compile(r"(20\d\d)Q([1-4])(?:-Q([1-4]))?")
_MONTH_NUMBER = re.compile(r"(?<!\d)(20\d\d)([ _.-]?)(0[1-9]|1[0-2])(?:\2(?:0[1-9]|[12]\d|3[01]))?(?!\d)")
_MONTHS_OF_TITLE = re.compile(rf"\b({MONTH})\.? (?:to|through|a|au|-|–) ({MONTH})\.?,? (20\d\d)\b")


def quarter_edition(file_name: str, given: str | None) -> str:
    """Raises LoadError where there is not exactly one."""
    written = _plain(file_name.rsplit(".", 1)[0] if given is None else given)
    found = list(_QUARTER.finditer(written))
    if given is not None and (len(found) != 1 or found[0].group() != written.strip()):
        raise LoadError("the edition is not a quarter or quarters in a row; for example 2024Q1 or 2017Q1-Q2")
    editions = {_quarters(each) for each in found}
    if len(editions) != 1 or None in editions or _loose(written, found):
        raise LoadError(
            "the quarter is not in the file's name" + (" as one edition" if "20" in written else "")
            + "; give it (--edition), for example 2024Q1 or, for two quarters in one file, 2017Q1-Q2"
        )  # fmt: skip
    return str(editions.pop())


def month_edition(file_name: str, given: str | None) -> str:
    """The month of a list that is published whole. Raises LoadError where there is not exactly one."""
    written = file_name if given is None else given
    matches = list(_MONTH_NUMBER.finditer(written))
    months = {f"{found[1]}-{found[3]}" for found in matches}
    if len(months) != 1 or (given is not None and matches[0].group() != given.strip()):
        raise LoadError("the month is not in the file's name; give it (--edition), for example 2023-10")
    return months.pop()


def quarters_of(edition: str) -> frozenset[tuple[int, int]]:
    """Year and quarter of each quarter that an edition of the LMIA list covers."""
    found = _SPAN.fullmatch(edition)
    if found is None:
        return frozenset()
    first, last = int(found[2]), int(found[3] or found[2])
    return frozenset((int(found[1]), quarter) for quarter in range(first, last + 1))


def quarters_of_titles(titles: Iterable[str]) -> str | None:
    """The edition that the lines above the headers speak of (`April to June 2024`), where they speak of one."""
    found = {
        (int(year), (month_number(first) + 2) // 3, (month_number(last) + 2) // 3)
        for title in titles
        for first, last, year in _MONTHS_OF_TITLE.findall(_plain(title[:1000]))
    }
    if len(found) != 1:
        return None
    year, first, last = found.pop()
    return f"{year}Q{first}" if first == last else f"{year}Q{first}-Q{last}"


def _quarters(found: re.Match[str]) -> str | None:
    written = found["after"] or found["before"]
    numbers = [int(number) for number in _NUMBER.findall(written)]
    year = found["year"] or found["of"]
    if len(numbers) == 1:
        return f"{year}Q{numbers[0]}"
    ranged = len(numbers) == 2 and _RANGE_WORD.fullmatch(written) is not None and numbers[0] < numbers[1]
    in_a_row = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return f"{year}Q{numbers[0]}-Q{numbers[-1]}" if ranged or in_a_row else None


def _loose(written: str, found: list[re.Match[str]]) -> bool:
    """Whether a quarter is named outside of what was matched: then the name speaks of more than one edition."""
    left = written
    for each in reversed(found):
        left = left[: each.start()] + " " + left[each.end() :]
    return re.search(r"(?<![a-z0-9])[qt][1-4](?![a-z0-9])", left) is not None


def _plain(written: str) -> str:
    decomposed = unicodedata.normalize("NFKD", written.casefold())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))
