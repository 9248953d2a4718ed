"""City and province of an address as people write one: over several lines, or in one, in either language.

    100 Example Road            860 Example Road          12, rue Exemple
    Surrey, British Columbia    Ontario                   Québec (Québec)  G1R 2B5

The province is what stands last, after a postal code and the country are taken away; the city is what stands before it
on that line. Does not guess: a line with digits is a street, unless it is a city that has a number in its name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.adapters.sources.load.places import province_code

_POSTAL_CODE = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d$", re.ASCII | re.IGNORECASE)
_COUNTRY = re.compile(r"\bCanada$", re.IGNORECASE)
_NOTE = re.compile(r" ?(?:[*†‡]{1,5}|\[\w{1,3}\]|\b(?:footnote|note(?: de bas de page)?) ?[*\d]{0,3})$", re.IGNORECASE)
_LONGEST_END = 30
_LONGEST_LINE = 200
_NUMBERED_CITY = re.compile(r"\d{2,3} Mile House", re.IGNORECASE)
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """What an address says of where it is; None where it does not."""

    city: str | None
    province: str | None


def place_of(lines: Sequence[str]) -> Place:
    """The place of an address given as its lines."""
    left = [line for line in (_without_end(line[-_LONGEST_LINE:]) for line in lines) if line]
    if not left:
        return Place(None, None)
    before, province = _province_at_the_end(left[-1])
    if province is None:
        return Place(None, None)
    if before:
        return Place(_city(before.split(",")[-1]), province)
    above = left[-2].rsplit(",", 1)[-1] if len(left) > 1 else ""
    return Place(_city(above), province)


def _without_end(line: str) -> str:
    """The line without footnote mark, postal code and country at its end."""
    for ending in (_NOTE, _POSTAL_CODE, _COUNTRY, _POSTAL_CODE):
        start, end = line[:-_LONGEST_END], line[-_LONGEST_END:]
        cut = ending.search(end.rstrip(" ,.)") if ending is not _NOTE else end.rstrip())
        if cut is not None:
            line = (start + end[: cut.start()]).rstrip(" ,(")
    return line.strip(" ,.;")


def _province_at_the_end(line: str) -> tuple[str, str | None]:
    """What stands before the province, and its code: the longest ending that is one, whole words only."""
    before, opened, within = line.rpartition("(")
    if opened and within.endswith(")") and province_code(within[:-1]) is not None:
        return before.strip(" ,"), province_code(within[:-1])
    parts = [part.strip() for part in line.split(",")]
    if province_code(parts[-1]) is not None:
        return ",".join(parts[:-1]).strip(" ,"), province_code(parts[-1])
    words = line.split()
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        code = province_code(" ".join(words[-count:]))
        if code is not None:
            return " ".join(words[:-count]).strip(" ,"), code
    return line, None


def _city(written: str) -> str | None:
    city = " ".join(written.split()).strip(" ,.;")
    if not city or (any(mark.isdigit() for mark in city) and not _NUMBERED_CITY.fullmatch(city)):
        return None
    return city
