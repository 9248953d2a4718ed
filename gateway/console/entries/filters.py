"""The filters of the log's page, as they stand in its address.

Invariants: an address holds codes and days alone, so it may be kept, sent and logged; what is no code is left out and
said, never repeated. An officer's filters are kept to their institution, whatever the address says. Does not: know what
a code is called.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from gateway.service.projection.columns import Column
from gateway.service.projection.questions import MOST_VALUES, Question, QuestionError

COLUMNS: Final[Mapping[str, Column]] = {
    "outcome": Column.KIND,
    "requester": Column.REQUESTER_ORGANIZATION,
    "recipient": Column.RECIPIENT_ORGANIZATION,
    "custodian": Column.CUSTODIAN_ORGANIZATION,
    "purpose": Column.PURPOSE,
    "ground": Column.GROUND,
    "agreement": Column.AGREEMENT,
    "clause": Column.CLAUSE,
    "type": Column.RECORD_TYPE,
    "element": Column.ELEMENT,
}
"""Names in the address."""
INSTITUTION: Final = "institution"
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Filters:
    """`own` is the institution that the view is kept to, None for whoever sees all; `institution` is one chosen."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    institution: str | None = None
    own: str | None = None

    @property
    def narrows(self) -> bool:
        return bool(self.chosen or self.first or self.last or self.institution)

    def arguments(self) -> dict[str, Any]:
        """For the calls on the projection."""
        return {
            "where": {str(COLUMNS[name]): list(values) for name, values in self.chosen.items()},
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "institution": self.own or self.institution,
        }

    def pairs(self, *, without: Pair | None = None, days: bool = True) -> list[Pair]:
        """What the address says, in an order that is always the same."""
        found = []
        if days and self.first:
            found.append(("from", self.first.isoformat()))
        if days and self.last:
            found.append(("to", self.last.isoformat()))
        found += [(name, value) for name in COLUMNS for value in self.chosen.get(name, ())]
        if self.institution:
            found.append((INSTITUTION, self.institution))
        return [pair for pair in found if pair != without]

    def query(self, *, without: Pair | None = None, more: Iterable[Pair] = ()) -> str:
        """With its question mark; nothing where nothing is filtered."""
        pairs = [*self.pairs(without=without), *more]
        return f"?{urlencode(pairs)}" if pairs else ""


def read_filters(pairs: Iterable[Pair], own: str | None) -> tuple[Filters, list[Pair]]:
    """The filters, and what is wrong with the rest: a key of the words, and the field."""
    asked: dict[str, list[str]] = {}
    for name, value in pairs:
        if value:
            asked.setdefault(name, []).append(value)
    wrong: list[Pair] = []
    chosen: dict[str, tuple[str, ...]] = {}
    for name, column in COLUMNS.items():
        values = tuple(dict.fromkeys(asked.get(name, ())))
        good = tuple(value for value in values[:MOST_VALUES] if is_code_of(column, value))
        if good != values:
            wrong.append(("filter-wrong", name))
        if good:
            chosen[name] = good
    institution = None
    if own is None and (said := asked.get(INSTITUTION)):
        institution = said[-1] if is_code_of(Column.REQUESTER, said[-1]) else None
        if institution is None:
            wrong.append(("filter-wrong", INSTITUTION))
    first, last = day_asked(asked, "from", wrong), day_asked(asked, "to", wrong)
    if first and last and last < first:
        wrong.append(("days-turned", "to"))
        last = None
    return Filters(chosen, first, last, institution, own), wrong


def is_code_of(column: Column, value: str) -> bool:
    """Whether a filter may ask a column for this."""
    try:
        Question({column: (value,)})
    except QuestionError:
        return False
    return True


def day_asked(asked: Mapping[str, list[str]], name: str, wrong: list[Pair]) -> date | None:
    """A day of the address; what is none is put with what is `wrong`."""
    if name not in asked:
        return None
    try:
        found = date.fromisoformat(asked[name][-1])
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        wrong.append(("day-wrong", name))
        return None
    return found
