"""The amount and the ban of a penalty as it is published, in one cell, in words of either language.

    $129,000 and a 1-year ban · Two-year ban · $198,750 and a permanent ban · 129 000 $ et une interdiction de 1 an

An English ban is kept as published; a French one is told in the English form (`1-year ban`), so that both editions of a
list give the same value. What is left after amount, ban and the words that join them was not understood, and is told
as such: nothing is added up, nothing is guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gateway.adapters.sources.load.numerals import decimal

_NUMBERS: Mapping[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
}  # fmt: skip
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_SEVERAL = rf"{_COUNT}(?: ?\(\d{{1,2}}\))?"
_FRENCH_BAN = r"(?:interdiction|exclusion|inadmissibilit[ée]|bannissement)"
_BANS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"(?P<en>{_SEVERAL}[ \-‐‑–]*(?:years?|yrs?)[ \-‐‑–]*(?:long )?(?:ban|ineligibility)\b)",
        r"(?P<en>(?:permanent(?:ly)?|lifetime|indefinite)[ -]+(?:ban|ineligibility|banned)\b)",
        rf"(?P<en>\b(?:ban|banned|ineligible) (?:for|of) (?:a period of )?{_SEVERAL} (?:years?|yrs?)\b)",
        r"(?P<en>\bbanned permanently\b|\bpermanently banned\b)",
        rf"{_FRENCH_BAN}(?: d.emb[a-zé]+)? (?:de |d.|pendant |pour |d.une (?:dur[ée]e|p[ée]riode) de )?"
        rf"(?P<years>{_SEVERAL}) ans?\b",
        rf"(?P<years>{_SEVERAL}) ans? d.{_FRENCH_BAN}\b",
        rf"(?P<ever>{_FRENCH_BAN} (?:permanente?|[àa] vie|d[ée]finitive?|[àa] perp[ée]tuit[ée])|"
        rf"bannissement permanent|permanente? {_FRENCH_BAN})",
    )
)
_AMOUNT_EN = re.compile(r"(?:CAD|CA|C)? ?\$ ?(\d++(?:,\d++)*+(?:\.\d{2})?)(?![\d,.]*\d)(?: ?(?:CAD|CDN))?", re.ASCII)
_AMOUNT_FR = re.compile(r"(?<![\d.,])(\d{1,3}(?: \d{3}){1,3}|\d{1,9})(,\d{2})? ?\$(?: ?CA[DN]?)?", re.ASCII)
_NEGATIVE = re.compile(r"\s*[-−–(]\s*\$?\s*\d")
_BARE = re.compile(r"(\d+(?:,\d+)*(?:\.\d{1,2})?)", re.ASCII)
_JOINING = re.compile(r"\b(?:and|et|plus|with|avec|an?|une?|the|la|le|of|de)\b|[\s,;:&+/.()\-–—]+", re.IGNORECASE)
_FOOTNOTE = re.compile(
    r"\b(?:footnote|note(?: de bas de page)?) ?(?:[*†‡]+|\d{1,2})|[*†‡]+|[⁰¹²³⁴-⁹]+|\[\w{1,3}\]", re.IGNORECASE
)
_LONGEST = 1000
_NOTHING = frozenset({"", "n/a", "na", "none", "nil", "-", "–", "—", "aucune", "aucun", "s.o.", "s/o", "no penalty"})


@dataclass(frozen=True, slots=True)
class Penalty:
    """`amount` in dollars as a decimal string, `ban` in words; `understood` is False where something else was there."""

    amount: str | None
    ban: str | None
    understood: bool


def penalty_of(cell: str) -> Penalty:
    """What the cell says; never raises."""
    if cell.casefold() in _NOTHING:
        return Penalty(None, None, True)
    if len(cell) > _LONGEST:
        return Penalty(None, None, False)
    left = _FOOTNOTE.sub(" ", cell)
    ban, left, one_ban = _ban(left)
    amount, left, one_amount = _amount(left)
    rest = _JOINING.sub("", left)
    doubtful = _NEGATIVE.match(cell) is not None or (rest and _changed(left))
    return Penalty(None if doubtful else amount, ban, one_ban and one_amount and not rest and not doubtful)


def ban_of(cell: str) -> tuple[str | None, bool]:
    """The ban of a cell that holds nothing else; a text that is not one of the known forms is kept as published."""
    if cell.casefold() in _NOTHING:
        return None, True
    if len(cell) > _LONGEST:
        return cell, False
    ban, left, one = _ban(_FOOTNOTE.sub(" ", cell))
    if ban is None or _JOINING.sub("", left):
        return cell, False
    return ban, one


def _ban(text: str) -> tuple[str | None, str, bool]:
    """The ban, the text without it, and whether there was at most one."""
    bans: list[str] = []
    for pattern in _BANS:
        bans.extend(_told(found) for found in pattern.finditer(text))
        text = pattern.sub(" ", text)
    return (bans[0] if len(bans) == 1 else "; ".join(bans) or None), text, len(bans) <= 1


def _told(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if parts.get("en"):
        return " ".join(parts["en"].split())
    if parts.get("ever"):
        return "permanent ban"
    count = parts["years"].split("(")[0].strip().casefold()
    return f"{_NUMBERS.get(count) or int(count)}-year ban"


def _amount(text: str) -> tuple[str | None, str, bool]:
    """The amount, the text without it, and whether there was at most one."""
    found: list[str | None] = [decimal(each[1], "en") for each in _AMOUNT_EN.finditer(text)]
    left = _AMOUNT_EN.sub(" ", text)
    if not found:
        found = [decimal(each[1] + (each[2] or ""), "fr") for each in _AMOUNT_FR.finditer(text)]
        left = _AMOUNT_FR.sub(" ", text)
    if not found:
        bare = _BARE.fullmatch(_JOINING.sub("", text) and text.strip())
        if bare is not None:
            found, left = [decimal(bare[1], "en")], ""
    read = [amount for amount in found if amount is not None]
    return (read[0] if len(found) == 1 and read else None), left, len(found) == len(read) and len(found) <= 1


def _changed(left: str) -> bool:
    """Whether what is left changes the amount: more digits, a multiple or a bound."""
    return re.search(r"\d|%|\b(?:million|thousand|mille|up to|jusqu|approx|environ|per|par)\b", left, re.I) is not None
