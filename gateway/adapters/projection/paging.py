"""Between which entries a page has to look: found in the sums of days, newest first.

Invariant: at least as many matching entries as were asked for stand between the bounds, or all that there are; so the
entries below need not be read. Days overlap a little in the log, because several processes write it, and the bounds
allow for that. Does not: read an entry.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, text

from gateway.adapters.projection.asking import Asked, days_of, in_periods
from gateway.adapters.projection.tables import ALL
from gateway.service.projection.questions import Question

_FIRST_STEP: Final = 50_000
_STEPS_GROW: Final = 8
_RARE: Final = 20
_FEW: Final = 10_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """Neither end is included. `patterns` are the numbers of the patterns that match, None where every one does; `rare`
    tells that few of the entries between are theirs."""

    above: int
    below: int
    patterns: Sequence[int] | None
    rare: bool


def bounds_of(connection: Connection, conditions: Asked, question: Question, cursor: int, wanted: int) -> Bounds | None:
    """Where the `wanted` newest matching entries below `cursor` are; None where there are none."""
    days = _days(connection, question, cursor)
    if not days:
        return None
    if not conditions.narrows:
        return _every(days, cursor, wanted)
    numbers = f"SELECT p.id FROM projection_pattern p WHERE {conditions.where}"
    few = _few(connection, numbers, cursor)
    if few is not None:
        return few if few.patterns else None
    patterns, above, below, counted, passed = set[int](), cursor, 0, 0, 0
    step, at = _FIRST_STEP, 0
    while at < len(days) and counted < wanted:
        upto, entries = at, 0
        while upto < len(days) and entries < step:
            entries += days[upto].entries
            upto += 1
        found = _matching(connection, numbers, days[upto - 1].period, days[at].period)
        above = max((day.last_index for day in days[upto:]), default=-1)
        for row in found:
            patterns.add(int(row.pattern))
            below = max(below, int(row.last_index) + 1)
            # What the cursor cuts through, or what may reach below the bound, is not counted on.
            if row.last_index < cursor and row.first_index > above:
                counted += int(row.entries)
            passed += int(row.entries)
        at, step = upto, step * _STEPS_GROW
    if not patterns:
        return None
    below = min(below, cursor)
    return Bounds(above, below, sorted(patterns), rare=passed * _RARE < below - above)


def _few(connection: Connection, numbers: str, cursor: int) -> Bounds | None:
    """Where all that ever matched is little enough to be read, and sorted, as a whole; None where it is not."""
    found = _matching(connection, numbers, ALL, ALL)
    if sum(int(row.entries) for row in found) > _FEW:
        return None
    above = min((int(row.first_index) for row in found), default=0) - 1
    below = min(cursor, max((int(row.last_index) for row in found), default=0) + 1)
    return Bounds(above, below, sorted(int(row.pattern) for row in found), rare=True)


def _every(days: Sequence[Any], cursor: int, wanted: int) -> Bounds:
    counted, at = 0, 0
    while at < len(days) and counted < wanted:
        if days[at].last_index < cursor:
            counted += int(days[at].entries)
        at += 1
    above = max((int(day.last_index) for day in days[at:]), default=-1)
    # Entries of days that overlap may stand below it; one more day makes up for them.
    above = min(above, min(int(day.first_index) for day in days[:at]) - 1)
    return Bounds(above, min(cursor, max(int(day.last_index) for day in days[:at]) + 1), None, rare=False)


def _days(connection: Connection, question: Question, cursor: int) -> Sequence[Any]:
    """The days that have entries below the cursor, newest first."""
    within = in_periods("c", days_of(question.first, question.last))
    return connection.execute(
        text(
            "SELECT c.period, c.entries, c.first_index, c.last_index FROM projection_period c "
            f"WHERE {within} AND c.first_index < :cursor ORDER BY c.period DESC"
        ),
        {"cursor": cursor},
    ).all()


def _matching(connection: Connection, numbers: str, low: int, high: int) -> Sequence[Any]:
    return connection.execute(
        text(
            "SELECT r.pattern, sum(r.entries) AS entries, min(r.first_index) AS first_index, "
            "max(r.last_index) AS last_index FROM projection_sum r "
            f"WHERE r.period BETWEEN :low AND :high AND r.pattern IN ({numbers}) GROUP BY r.pattern"
        ),
        {"low": low, "high": high},
    ).all()
