"""Recorded requests as a simulation reads them: what was asked and what was decided, without a person.

Invariant: a `Case` is codes, days and yes or no: whoever holds one holds nothing of the private part that names
somebody. Requests that are alike in all of it are one case. Does not: read anything (an adapter does).
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol

from gateway.domain.due import OTTAWA
from gateway.service.disclosure.recompute import Asked
from gateway.service.simulation.change import Recorded

LISTED: Final = 200
"""So many entries of a case, and of a group of changes, are named: those with the lowest index."""

ERASED: Final = "erased"
FROM_BEFORE: Final = "from-before"
ALTERED: Final = "altered"
NOT_DECIDED: Final = (ERASED, FROM_BEFORE, ALTERED)
"""Why a recorded request cannot be decided anew: its person was erased, its private part was made before decisions
could be recomputed, or it is not what the entry commits to."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days in Ottawa, both included; None where it is open."""

    since: date | None = None
    until: date | None = None

    def begins(self) -> datetime | None:
        """The first moment, in UTC."""
        return None if self.since is None else _start(self.since)

    def ends(self) -> datetime | None:
        """The first moment after it, in UTC."""
        return None if self.until is None else _start(self.until + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Scope:
    """Which recorded requests are read: of this period, and made under one of these agreements (None: under any, and on
    other grounds too). `zones` are the time zones of terms by agreement; `units` the known ones: a recipient that is
    none of them stays what it was, unknown, and loses its name."""

    period: Period
    agreements: frozenset[str] | None
    zones: Mapping[str, str]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """Recorded requests that are alike. Two cases have the same `input` exactly where `asked` is equal, and the same
    `name` exactly where `recorded` is equal too."""

    name: bytes
    input: bytes
    asked: Asked
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class Seen:
    """How many requests of a part of the log are this case; `entries` are the first of them, `LISTED` at most."""

    case: Case
    count: int
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What a part of the log showed: so many of `total` entries are `done` with it. `not_decided` counts the requests
    that cannot be decided anew, by `NOT_DECIDED`."""

    done: int
    total: int
    seen: Sequence[Seen]
    not_decided: Mapping[str, int]


class RecordedRequests(Protocol):
    def read(self, scope: Scope) -> AsyncGenerator[Chunk, None]:
        """The chunks of the log, in any order; the reader may stop at any of them. Raises LogUnavailableError."""


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), OTTAWA).astimezone(UTC)
