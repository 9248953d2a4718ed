"""The days on which a decision can turn: those that the rulebook names. Between two of them every day is like another.

Invariant: the policy looks at a day in one way only, whether it is before a day that its data, the agreement or the
evidence names (a test reads the Rego). So a decision of any day is that of the last turning day up to it.
Does not: decide, or know what happens on these days.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class TurningDays:
    """The days named by `node`, however deep."""

    def __init__(self, *nodes: object) -> None:
        self._days = sorted({day for node in nodes for day in days_in(node)})

    def last_until(self, day: date) -> date:
        """The last turning day up to and with `day`; the first day there is where none is that early."""
        place = bisect_right(self._days, day)
        return self._days[place - 1] if place else date.min


def days_in(node: object) -> Iterator[date]:
    """Every text that is a day, in a value such as JSON has, and every day."""
    if isinstance(node, str):
        if _DAY.fullmatch(node):
            yield from _day(node)
    elif isinstance(node, date):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from days_in(value)
    elif isinstance(node, Iterable) and not isinstance(node, bytes):
        for value in node:
            yield from days_in(value)


def _day(text: str) -> Iterator[date]:
    try:
        yield date.fromisoformat(text)
    except ValueError:
        return  # `agreements check` refuses a date that no calendar has
