"""The filters of the page of staff actions, as they stand in its address.

Invariant: an address holds codes and days alone; an officer's name is a look-up, which is a form. An officer's filters
are kept to their institution. Does not: know what a code is called.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from gateway.console.entries.filters import Pair, day_asked, is_code_of
from gateway.service.projection.acts import ACT_KINDS
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import MOST_VALUES

COLUMNS: Final[Mapping[str, Column]] = {"action": Column.REASON, "unit": Column.REQUESTER}
"""Names in the address."""


@dataclass(frozen=True, slots=True)
class ActFilters:
    """`own` is the institution that the view is kept to, None for whoever sees all."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    own: str | None = None

    def where(self) -> dict[str, list[str]]:
        return {str(COLUMNS[name]): list(values) for name, values in self.chosen.items()}

    def days(self) -> dict[str, str | None]:
        return {
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
        }

    def arguments(self) -> dict[str, Any]:
        """For the calls on the projection."""
        where = {str(Column.KIND): list(ACT_KINDS), **self.where()}
        return {"where": where, **self.days(), "institution": self.own}

    def pairs(self, *, without: Pair | None = None, days: bool = True) -> list[Pair]:
        """What the address says, in an order that is always the same."""
        found = []
        if days and self.first:
            found.append(("from", self.first.isoformat()))
        if days and self.last:
            found.append(("to", self.last.isoformat()))
        found += [(name, value) for name in COLUMNS for value in self.chosen.get(name, ())]
        return [pair for pair in found if pair != without]

    def query(self, *, without: Pair | None = None, more: Iterable[Pair] = ()) -> str:
        """With its question mark; nothing where nothing is filtered."""
        pairs = [*self.pairs(without=without), *more]
        return f"?{urlencode(pairs)}" if pairs else ""


def read_act_filters(pairs: Iterable[Pair], own: str | None) -> tuple[ActFilters, list[Pair]]:
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
    first, last = day_asked(asked, "from", wrong), day_asked(asked, "to", wrong)
    if first and last and last < first:
        wrong.append(("days-turned", "to"))
        last = None
    return ActFilters(chosen, first, last, own), wrong
