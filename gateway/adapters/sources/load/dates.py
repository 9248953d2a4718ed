"""A date as people write one in either language, where it can be read in one way only.

ISO 8601 (also with one digit), `September 26, 2023`, `26 September 2023`, `26 septembre 2023`, `1er mars 2020`. Numbers
like `03/04/2020` are two dates and so none.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Literal

_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "janvier", "janv"), ("february", "feb", "fevrier", "fevr", "fev"),
            ("march", "mar", "mars"),
            ("april", "apr", "avril", "avr"), ("may", "mai"), ("june", "jun", "juin"),
            ("july", "jul", "juillet", "juil"),
            ("august", "aug", "aout"), ("september", "sept", "sep", "septembre"), ("october", "oct", "octobre"),
            ("november", "nov", "novembre"), ("december", "dec", "decembre"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FOOTNOTE = re.compile(
    r"(?:\b(?:footnote|note(?: de bas de page)?) ?(?:[*†‡]+|\d{1,2})|[*†‡]+|[⁰¹²³⁴-⁹]+|\[\w{1,3}\])\s*$", re.IGNORECASE
)
_FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?)?",
        rf"(?P<n>{MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})",
        rf"(?:le )?(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?[ -](?P<n>{MONTH})\.?,?[ -](?P<y>\d{{4}})",
    )
)
_LONGEST = 100
Trouble = Literal["missing", "unreadable", "impossible"]


def month_number(name: str) -> int:
    """1 to 12 for a month's name or abbreviation of `MONTH`."""
    return _MONTHS[name]


def date_of(cell: str) -> tuple[str | None, Trouble | None]:
    """The day in ISO 8601, or what is the matter with the cell."""
    if len(cell) > _LONGEST:
        return None, "unreadable"
    plain = unicodedata.normalize("NFKD", _FOOTNOTE.sub("", cell).casefold()).strip()
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    if not plain:
        return None, "missing"
    for form in _FORMS:
        found = form.fullmatch(plain)
        if found is not None:
            parts = found.groupdict()
            month = int(parts["m"]) if "m" in parts else _MONTHS[parts["n"]]
            try:
                return date(int(parts["y"]), month, int(parts["d"])).isoformat(), None
            except ValueError:
                return None, "impossible"
    return None, "unreadable"
