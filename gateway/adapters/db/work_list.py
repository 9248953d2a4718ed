"""Reads obligations as work: the `WorkStore` port of `gateway.service.obligation.work_list`, and the `AgendaStore` of
`gateway.service.obligation.agenda`.

Invariant: the states of the rows are told apart in SQL exactly as `state_of` does, so that counts add up to the rows.
Does not write: an obligation is made and fulfilled with an entry, in the log's own transaction
(`gateway.adapters.log.group_commit`).
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Engine, TextClause, bindparam, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import ObligationRef
from gateway.service.obligation.agenda import Window
from gateway.service.obligation.opened_duty import WorkRow
from gateway.service.obligation.work_list import STATES, State

_STATE: Final = (
    "CASE WHEN done_at IS NOT NULL THEN 'done' WHEN due IS NULL THEN 'standing' "
    "WHEN due < :now THEN 'overdue' ELSE 'due' END"
)
_COLUMNS: Final = "entry_index, position, code, on_event, due, done_at"
_OF_UNIT: Final = "(:unit = '' OR on_event = :unit)"
_COUNTS = text(f"SELECT {_STATE} AS state, count(*) FROM obligation WHERE {_OF_UNIT} GROUP BY state")
# Which of the four states are wanted is four parameters, because a list is none in every dialect.
_WANTED: Final = " OR ".join(f"(:{state} = 1 AND {_STATE} = '{state}')" for state in STATES)
_ROWS = text(
    f"SELECT {_COLUMNS} FROM obligation WHERE {_OF_UNIT} AND ({_WANTED}) "
    "ORDER BY CASE WHEN due IS NULL THEN 1 ELSE 0 END, due, entry_index, position LIMIT :limit"
)
_OF_ENTRY = text(f"SELECT {_COLUMNS} FROM obligation WHERE entry_index = :entry_index ORDER BY position")


class WorkTable:
    """Reads through a SQLAlchemy engine. Every method raises LogUnavailableError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def counts(self, now: datetime, unit: str | None) -> Mapping[State, int]:
        """How many rows are in each state."""
        rows = await self._all(_COUNTS, now=int(now.timestamp()), unit=unit or "")
        found = {state: int(count) for state, count in rows}
        return {state: found.get(state, 0) for state in STATES}

    async def rows(self, states: Sequence[State], now: datetime, unit: str | None, limit: int) -> Sequence[WorkRow]:
        """At most `limit` rows in these states, the earliest due first, those without a date last."""
        wanted = {state: int(state in states) for state in STATES}
        rows = await self._all(_ROWS, now=int(now.timestamp()), unit=unit or "", limit=limit, **wanted)
        return [_row(row) for row in rows]

    async def of_entry(self, entry_index: int) -> Sequence[WorkRow]:
        """The obligations of one entry, by position."""
        found = await self._all(_OF_ENTRY, entry_index=entry_index) if 0 <= entry_index < 1 << 62 else []
        return [_row(row) for row in found]

    async def within(
        self, window: Window, units: Sequence[str], codes: Sequence[str], limit: int, skip: int
    ) -> Sequence[WorkRow]:
        """At most `limit` rows after `skip`: the earliest due first; of done ones the latest first."""
        which, values = _condition(window, units, codes)
        # Of what is done or has no day there are millions: their order is that of the index.
        order = "done_at DESC, due DESC" if window.done else "due, entry_index, position" if window.dated else "due"
        asked = f"SELECT {_COLUMNS} FROM obligation WHERE {which} ORDER BY {order} LIMIT :limit OFFSET :skip"
        return [_row(row) for row in await self._all(_with_lists(asked, values), limit=limit, skip=skip, **values)]

    async def count_within(self, window: Window, units: Sequence[str], codes: Sequence[str], most: int) -> int:
        """How many rows there are, counted up to `most`."""
        which, values = _condition(window, units, codes)
        asked = f"SELECT count(*) FROM (SELECT 1 FROM obligation WHERE {which} LIMIT :most) AS counted"
        return int((await self._all(_with_lists(asked, values), most=most, **values))[0][0])

    async def codes_of(self, units: Sequence[str]) -> Sequence[str]:
        """The codes of open duties that have a day, sorted."""
        which, values = _condition(Window(), units, ())
        asked = f"SELECT DISTINCT code FROM obligation WHERE {which} ORDER BY code"
        return [str(row[0]) for row in await self._all(_with_lists(asked, values), **values)]

    async def _all(self, statement: Any, **values: object) -> list[Any]:
        return await asyncio.to_thread(self._read, statement, values)

    def _read(self, statement: Any, values: Mapping[str, object]) -> list[Any]:
        try:
            with self._engine.connect() as connection:
                return list(connection.execute(statement, values).all())
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"the work list cannot be read ({type(error).__name__})") from None


def _condition(window: Window, units: Sequence[str], codes: Sequence[str]) -> tuple[str, dict[str, object]]:
    """A condition with bound values."""
    terms, values = ["done_at IS NOT NULL" if window.done else "done_at IS NULL"], dict[str, object]()
    if not window.done:
        terms.append("due IS NOT NULL" if window.dated else "due IS NULL")
    for name, sign, at in (("after", ">=", window.after), ("until", "<", window.until)):
        if at is not None:
            terms.append(f"due {sign} :{name}")
            values[name] = int(at.timestamp())
    for name, column, listed in (("units", "on_event", units), ("codes", "code", codes)):
        if listed:
            terms.append(f"{column} IN :{name}")
            values[name] = list(listed)
    return " AND ".join(terms), values


def _with_lists(asked: str, values: Mapping[str, object]) -> TextClause:
    """A list is as many parameters as it has values."""
    lists = (name for name in ("units", "codes") if name in values)
    found: list[BindParameter[object]] = [bindparam(name, expanding=True) for name in lists]
    return text(asked).bindparams(*found)


def _row(row: Any) -> WorkRow:
    entry_index, position, code, unit, due, done_at = row
    return WorkRow(ObligationRef(entry_index, position), code, unit, _time(due), _time(done_at))


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
