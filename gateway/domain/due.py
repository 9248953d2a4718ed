"""Which day it is in law, and when a duty of so many days is due: at the end of that day in Ottawa.

Invariant: days are those of Ottawa's calendar, counted from the day the clock begins, so that a duty of no days ("at
once") is due at the end of the same day and nobody is late within seconds. Stored in UTC. Does not: know which duty has
how many days (`agreements/obligations.yaml`).
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

OTTAWA: Final = ZoneInfo("America/Toronto")
_LAST_SECOND: Final = time(23, 59, 59)


# Asked several times of one request.
@lru_cache(maxsize=256)
def legal_day(at: datetime) -> date:
    """The day in Ottawa, and in Toronto, of the time `at` (aware): an Act begins at the start of a day where its
    legislature sits (Interpretation Act s.6; Legislation Act, 2006, s.8)."""
    return at.astimezone(OTTAWA).date()


def end_of_day(begins: datetime, days: int) -> datetime:
    """The last second, in UTC, of the day that is `days` after the day of `begins` (aware) in Ottawa."""
    return end_of_day_after(legal_day(begins), days)


def end_of_day_after(day: date, days: int) -> datetime:
    """The last second, in UTC, of the day that is `days` after `day` in Ottawa."""
    return _end_of(day + timedelta(days=days))


# On the way of every disclosure, for the same few days.
@lru_cache(maxsize=1024)
def _end_of(day: date) -> datetime:
    return datetime.combine(day, _LAST_SECOND, OTTAWA).astimezone(UTC)
