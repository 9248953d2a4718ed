"""Adds up entries by pattern and period while a step of the projection is folded.

Invariant: an entry is counted in four periods, all time, its month, its week and its day, so that any range of days is
made of few whole periods. Does not: keep more than one step.
"""

from datetime import date

from sqlalchemy import Connection

from gateway.adapters.projection.folding import Taken
from gateway.adapters.projection.tables import ALL, MONTHS_BELOW, WEEKS_FROM
from gateway.adapters.projection.writing import add_periods, add_sums


class Sums:
    """The sums of one step: by day and pattern first, the wider periods from those at the end."""

    def __init__(self) -> None:
        self._days: dict[tuple[int, int], list[int]] = {}
        self._months: dict[int, int] = {}

    def add(self, index: int, pattern: int, one: Taken) -> None:
        """Count an entry; indexes grow from one to the next."""
        found = self._days.get((one.day, pattern))
        if found is None:
            self._days[one.day, pattern] = [1, one.records, index, index, one.at_ms]
            self._months[one.day] = one.month
            return
        found[0] += 1
        found[1] += one.records
        found[3] = index
        if one.at_ms > found[4]:
            found[4] = one.at_ms

    def write(self, connection: Connection) -> None:
        """Add everything to the tables."""
        sums: dict[tuple[int, ...], list[int]] = {}
        periods: dict[tuple[int, ...], list[int]] = {}
        for (day, pattern), counted in self._days.items():
            for period in (day, week_of(day) + WEEKS_FROM, self._months[day] * MONTHS_BELOW, ALL):
                _sum(sums, (period, pattern), counted)
                _sum(periods, (period,), counted)
        # In one order for everybody, so that two writers would wait for each other and never deadlock.
        add_sums(connection, [(*key, *sums[key]) for key in sorted(sums)])
        add_periods(connection, [(*key, *periods[key]) for key in sorted(periods)])


def week_of(day: int) -> int:
    """The Monday of a day's week; both are ordinals."""
    return day - date.fromordinal(day).weekday()


def _sum(sums: dict[tuple[int, ...], list[int]], key: tuple[int, ...], counted: list[int]) -> None:
    found = sums.get(key)
    if found is None:
        sums[key] = list(counted)
        return
    found[0] += counted[0]
    found[1] += counted[1]
    found[2] = min(found[2], counted[2])
    found[3] = max(found[3], counted[3])
    found[4] = max(found[4], counted[4])
