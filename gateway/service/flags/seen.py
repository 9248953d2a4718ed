"""What the rules look at: requests by pattern and hour, and requests with the tokens of their case and officer.

Invariant: a case and an officer are keyed tokens here, never a name or a number that somebody could read; they are in
memory alone, and are forgotten with what they were read from. Does not: read anything (`SeenHours`, `SeenRequests`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Protocol

from gateway.service.projection.rows import Pattern

REQUESTS: Final = frozenset({"disclosure", "redelivery", "denial", "referral"})
"""Kinds of entries that answer a request."""


@dataclass(frozen=True, slots=True)
class HourSum:
    """Entries of one pattern in one full hour (`begins`, UTC)."""

    begins: datetime
    pattern: Pattern
    entries: int
    first_index: int
    last_index: int


@dataclass(frozen=True, slots=True)
class Hours:
    """`first_index` is the first entry of the days asked for, `up_to` how far the projection had read."""

    rows: Sequence[HourSum]
    first_index: int
    up_to: int


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """One request. `case` and `officer` are tokens, None where it named none; `closed`: a record it met was of a closed
    case."""

    entry_index: int
    at: datetime
    requester: str
    recipient: str | None
    custodian: str | None
    case: str | None = field(repr=False)
    officer: str | None = field(repr=False)
    closed: bool


@dataclass(frozen=True, slots=True)
class Requests:
    """`up_to`: of entries from here on nothing was looked at yet."""

    rows: Sequence[SeenRequest]
    up_to: int


class SeenHours(Protocol):
    async def since(self, first: date) -> Hours:
        """From this day in Ottawa on. Raises ProjectionError."""


class SeenRequests(Protocol):
    async def since(self, first_index: int) -> Requests:
        """Requests from this entry on, the oldest first; reads a bounded number of entries further at each call.
        Raises LogUnavailableError."""
