"""The filters of a list of entries, as they stand in its address: those of any columns of the log.

Invariants: an address holds codes and days alone, so it may be kept, sent and logged; what is no code is left out and
said, never repeated. Does not: know which columns a page has (`gateway.console.entries.filters`, `acts.filters`), or
what a code is called.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from gateway.service.projection.columns import Column
from gateway.service.projection.questions import MOST_VALUES, Question, QuestionError

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
Pair = tuple[str, str]
Columns = Mapping[str, Column]
"""Names in the address."""


@dataclass(frozen=True, slots=True)
class AddressFilters:
    """Values by the name of their column, days, and `own`: the institution that the view is kept to, None for whoever
    sees all."""

    columns: Columns
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    own: str | None = None

    def where(self) -> dict[str, list[str]]:
        return {str(self.columns[name]): list(values) for name, values in self.chosen.items()}

    def days(self) -> dict[str, str | None]:
        return {
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
        }

    def arguments(self) -> dict[str, Any]:
        """For the calls on the projection."""
        return {"where": self.where(), **self.days(), "institution": self.own}

    def more_pairs(self) -> list[Pair]:
        """What a page's address says besides."""
        return []

    def pairs(self, *, without: Pair | None = None, days: bool = True) -> list[Pair]:
        """What the address says, in an order that is always the same."""
        found = []
        if days and self.first:
            found.append(("from", self.first.isoformat()))
        if days and self.last:
            found.append(("to", self.last.isoformat()))
        found += [(name, value) for name in self.columns for value in self.chosen.get(name, ())]
        return [pair for pair in (*found, *self.more_pairs()) if pair != without]

    def query(self, *, without: Pair | None = None, more: Iterable[Pair] = ()) -> str:
        """With its question mark; nothing where nothing is filtered."""
        pairs = [*self.pairs(without=without), *more]
        return f"?{urlencode(pairs)}" if pairs else ""


def asked_by_name(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    """The values of an address by name, without empty ones."""
    asked: dict[str, list[str]] = {}
    for name, value in pairs:
        if value:
            asked.setdefault(name, []).append(value)
    return asked


def read_address(
    asked: Mapping[str, list[str]], columns: Columns, own: str | None
) -> tuple[AddressFilters, list[Pair]]:
    """The filters, and what is wrong with the rest: a key of the words, and the field."""
    wrong: list[Pair] = []
    chosen: dict[str, tuple[str, ...]] = {}
    for name, column in columns.items():
        values = tuple(dict.fromkeys(asked.get(name, ())))
        good = tuple(value for value in values[:MOST_VALUES] if is_code_of(column, value))
        if good != values:
            wrong.append(("filter-wrong", name))
        if good:
            chosen[name] = good
    first, last = _day(asked, "from", wrong), _day(asked, "to", wrong)
    if first and last and last < first:
        wrong.append(("days-turned", "to"))
        last = None
    return AddressFilters(columns, chosen, first, last, own), wrong


def is_code_of(column: Column, value: str) -> bool:
    """Whether a filter may ask a column for this."""
    try:
        Question({column: (value,)})
    except QuestionError:
        return False
    return True


def _day(asked: Mapping[str, list[str]], name: str, wrong: list[Pair]) -> date | None:
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
