"""Entries by pattern and hour, since a day: what flags are raised from (the `SeenHours` port).

Invariant: one grouping in the database over the entries since that day, found by the sums of days, so that it costs the
window and not the log. Does not: know what is out of the ordinary.
"""

import asyncio
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.adapters.projection.asking import times_of
from gateway.adapters.projection.folding import pattern_from, time_of
from gateway.adapters.projection.tables import prepare
from gateway.service.flags.seen import Hours, HourSum
from gateway.service.projection.reading import ProjectionError

_HOUR_MS: Final = 3_600_000
_BEGINS: Final = text(
    "SELECT min(first_index) FROM projection_period WHERE period BETWEEN :first AND 3700000 AND period > 0"
)
_POSITION: Final = text("SELECT position FROM projection_state")
_SUMS: Final = text(
    f"SELECT pattern, at_ms / {_HOUR_MS} AS hour, count(*) AS entries, min(entry_index) AS first_index, "
    "max(entry_index) AS last_index FROM projection_entry WHERE entry_index >= :first AND at_ms >= :begins "
    f"GROUP BY pattern, at_ms / {_HOUR_MS}"
)
_BODIES: Final = text(
    "SELECT id, body FROM projection_pattern WHERE id IN (SELECT DISTINCT pattern FROM projection_entry "
    "WHERE entry_index >= :first)"
)


class HoursReader:
    """Over the engine of the projection's own place."""

    def __init__(self, place: Engine) -> None:
        self._place = place

    async def since(self, first: date) -> Hours:
        """Raises ProjectionError."""
        return await asyncio.to_thread(self._since, first)

    def _since(self, first: date) -> Hours:
        try:
            prepare(self._place)
            with self._place.connect() as connection:
                return self._read(connection, first)
        except SQLAlchemyError as error:
            raise ProjectionError(f"the projection of the log cannot be read ({type(error).__name__})") from None

    def _read(self, connection: Connection, first: date) -> Hours:
        up_to = int(connection.execute(_POSITION).scalar_one())
        begins_at: Any = connection.execute(_BEGINS, {"first": first.toordinal()}).scalar_one_or_none()
        if begins_at is None:
            return Hours((), up_to, up_to)
        begins, _ends = times_of(first, None)
        bodies = connection.execute(_BODIES, {"first": begins_at})
        patterns = {int(number): pattern_from(bytes(body)) for number, body in bodies}
        rows = tuple(
            HourSum(
                time_of(int(row.hour) * _HOUR_MS),
                patterns[int(row.pattern)],
                int(row.entries),
                int(row.first_index),
                int(row.last_index),
            )
            for row in connection.execute(_SUMS, {"first": begins_at, "begins": begins})
            if int(row.pattern) in patterns
        )
        return Hours(rows, int(begins_at), up_to)
