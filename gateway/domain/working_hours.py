"""When offices are open: hours of Ottawa on working days, without Saturdays, Sundays and the general holidays.

The holidays are those of the Canada Labour Code s.166; one that falls on a weekend is taken on the next working day. A
body whose offices are shut on another day too (Family Day in Ontario) is told a little less than it might be.
Invariant: days and hours are those in Ottawa's zone, whatever zone the time is written in.
Does not: count when a duty is due (`gateway.domain.due`), whose days are calendar days.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from gateway.domain.due import OTTAWA

_MONDAY = 0


@lru_cache(maxsize=32)
def holidays(year: int) -> frozenset[date]:
    """The general holidays of a year, and the day on which one is taken that falls on a weekend."""
    fixed = [date(year, 1, 1), date(year, 7, 1), date(year, 9, 30), date(year, 11, 11), date(year, 12, 25)]
    fixed.append(date(year, 12, 26))
    moving = [
        easter(year) - timedelta(days=2),
        _monday_before(date(year, 5, 25)),
        _nth_monday(year, 9, 1),
        _nth_monday(year, 10, 2),
    ]
    found = set(moving)
    for day in fixed:
        found.add(day)
        taken = day
        while taken.weekday() > 4 or (taken != day and taken in found):
            taken += timedelta(days=1)
        found.add(taken)
    return frozenset(found)


def is_working_day(day: date) -> bool:
    """Whether offices are open on this day at all."""
    return day.weekday() < 5 and day not in holidays(day.year)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """From the full hour `begins` to before the full hour `ends`, in Ottawa."""

    begins: int = 7
    ends: int = 19

    def are_open(self, at: datetime) -> bool:
        """Whether the time (aware) is within them, on a working day."""
        here = at.astimezone(OTTAWA)
        return is_working_day(here.date()) and self.begins <= here.hour < self.ends


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the method published anonymously in Nature, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _nth_monday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(_MONDAY - first.weekday()) % 7 + 7 * (nth - 1))


def _monday_before(day: date) -> date:
    return day - timedelta(days=day.weekday() or 7)
