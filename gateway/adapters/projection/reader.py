"""The projection of the log as the use cases read it: counts, groups, pages, patterns and rows.

Invariant: an answer is of one moment, and says up to which entry it holds. Reads run in a worker thread. A page is read
from the end of the log backwards, between bounds that the sums of days give, so that it costs what it shows and not
what it passes over. Does not: build the projection, or say what the log says with authority.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.adapters.projection.asking import Asked, asked, in_periods, periods_of, times_of
from gateway.adapters.projection.folding import pattern_from, time_of
from gateway.adapters.projection.grouping import group_answer
from gateway.adapters.projection.paging import Bounds, bounds_of
from gateway.adapters.projection.tables import prepare
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import MOST_GROUPS, MOST_ROWS, USUAL_GROUPS, USUAL_PAGE, Question
from gateway.service.projection.reading import ProjectionError
from gateway.service.projection.rows import Counted, Groups, Page, Pattern, PatternSum, Row

_PATTERNS_KEPT: Final = 20_000
_ROWS_AT_ONCE: Final = 5_000
_COLUMNS: Final = "e.entry_index, e.at_ms, e.pattern, e.records, e.refers_to"
Answer = TypeVar("Answer")


class ProjectionReader:
    """The ports `Projection`, `Patterns` and `Rows` over the engine of the projection's own place."""

    def __init__(self, place: Engine) -> None:
        self._place = place
        self._steady = place.execution_options(isolation_level="REPEATABLE READ") if _is_postgres(place) else place
        self._patterns: OrderedDict[tuple[int, int], Pattern] = OrderedDict()
        self._prepared = False

    async def count(self, question: Question) -> Counted:
        return await asyncio.to_thread(self._answered, self._count, question)

    async def group(self, question: Question, by: Sequence[Column], *, limit: int = USUAL_GROUPS) -> Groups:
        most = max(1, min(limit, MOST_GROUPS))
        return await asyncio.to_thread(self._answered, self._group, question, tuple(by), most)

    async def page(self, question: Question, *, before: int | None = None, limit: int = USUAL_PAGE) -> Page:
        most = max(1, min(limit, MOST_ROWS))
        return await asyncio.to_thread(self._answered, self._page, question, before, most)

    async def patterns(self, question: Question) -> Sequence[PatternSum]:
        return await asyncio.to_thread(self._answered, self._pattern_sums, question)

    def rows(self, question: Question, until: int) -> Iterator[Sequence[Row]]:
        """Oldest first. Raises ProjectionError where the projection was begun anew meanwhile."""
        generation, after = None, -1
        while True:
            now, rows = self._answered(self._rows_after, question, after, until)
            if generation not in (None, now):
                raise ProjectionError("the projection of the log was begun anew meanwhile; ask again")
            generation = now
            if rows:
                yield rows
                after = rows[-1].entry_index
            if len(rows) < _ROWS_AT_ONCE:
                return

    def _count(self, connection: Connection, question: Question) -> Counted:
        conditions, periods = asked(connection, question), periods_of(question.first, question.last)
        statement = "SELECT coalesce(sum(r.entries), 0), coalesce(sum(r.records), 0) FROM projection_sum r"
        if conditions.narrows:
            statement += f" JOIN projection_pattern p ON p.id = r.pattern AND {conditions.where}"
        entries, records = connection.execute(text(f"{statement} WHERE {in_periods('r', periods)}")).one()
        return Counted(int(entries), int(records), _position(connection)[1])

    def _group(self, connection: Connection, question: Question, by: Sequence[Column], most: int) -> Groups:
        groups, left_off = group_answer(connection, question, by, most)
        return Groups(groups, left_off, _position(connection)[1])

    def _pattern_sums(self, connection: Connection, question: Question) -> Sequence[PatternSum]:
        conditions, periods = asked(connection, question), periods_of(question.first, question.last)
        found = connection.execute(
            text(
                "SELECT t.*, p.body FROM (SELECT r.pattern, sum(r.entries) AS entries, sum(r.records) AS records, "
                "min(r.first_index) AS first_index, max(r.last_index) AS last_index, max(r.last_ms) AS last_ms "
                f"FROM projection_sum r WHERE {in_periods('r', periods)} GROUP BY r.pattern) t "
                f"JOIN projection_pattern p ON p.id = t.pattern WHERE {conditions.where} ORDER BY t.pattern"
            )
        )
        return [
            PatternSum(
                pattern_from(bytes(row.body)),
                int(row.entries),
                int(row.records),
                int(row.first_index),
                int(row.last_index),
                time_of(row.last_ms),
            )
            for row in found
        ]

    def _page(self, connection: Connection, question: Question, before: int | None, most: int) -> Page:
        generation, up_to = _position(connection)
        conditions = asked(connection, question)
        cursor = up_to if before is None else min(before, up_to)
        bounds = bounds_of(connection, conditions, question, cursor, most + 1)
        found = [] if bounds is None else self._between(connection, conditions, question, bounds, most + 1)
        rows = self._rows(connection, generation, found[:most])
        return Page(tuple(rows), rows[-1].entry_index if len(found) > most else None, up_to)

    def _between(
        self, connection: Connection, conditions: Asked, question: Question, bounds: Bounds, most: int
    ) -> Sequence[Any]:
        statement, values = _selecting(question, bounds.above, bounds.below)
        if bounds.patterns is not None:
            values["patterns"] = _as_set(connection, bounds.patterns)
            # Where few entries between the bounds match, the index of their patterns is the shorter way to them.
            cell = "e.pattern" if bounds.rare or _is_postgres(connection) else "+e.pattern"
            statement += f" AND {cell} {_in_set(connection)}"
        if bounds.rare and _is_postgres(connection):
            # Else it may go through all entries backwards, hoping to meet one soon.
            statement = f"SELECT * FROM ({statement} OFFSET 0) e"
        ordered = f"{statement} ORDER BY e.entry_index DESC LIMIT :most"
        return connection.execute(text(ordered), {**values, "most": most}).all()

    def _rows_after(
        self, connection: Connection, question: Question, after: int, until: int
    ) -> tuple[int, Sequence[Row]]:
        generation, _up_to = _position(connection)
        conditions = asked(connection, question)
        statement, values = _selecting(question, after, until)
        if conditions.narrows:
            statement += f" AND e.pattern IN (SELECT p.id FROM projection_pattern p WHERE {conditions.where})"
        ordered = f"{statement} ORDER BY e.entry_index LIMIT :most"
        found = connection.execute(text(ordered), {**values, "most": _ROWS_AT_ONCE}).all()
        return generation, self._rows(connection, generation, found)

    def _rows(self, connection: Connection, generation: int, found: Sequence[Any]) -> list[Row]:
        patterns = self._known(connection, generation, {int(row.pattern) for row in found})
        units = {unit for one in patterns.values() for unit in (one.requester, one.recipient, one.custodian) if unit}
        named = _organizations(connection, sorted(units))
        return [
            Row(
                int(row.entry_index),
                time_of(int(row.at_ms)),
                pattern,
                int(row.records),
                None if row.refers_to is None else int(row.refers_to),
                *(named.get(unit or "") for unit in (pattern.requester, pattern.recipient, pattern.custodian)),
            )
            for row in found
            for pattern in (patterns[int(row.pattern)],)
        ]

    def _known(self, connection: Connection, generation: int, numbers: set[int]) -> dict[int, Pattern]:
        """The patterns with these numbers; those asked for often are remembered."""
        found = {number: kept for number in numbers if (kept := self._patterns.get((generation, number)))}
        missing = sorted(numbers - found.keys())
        if missing:
            rows = connection.execute(
                text(f"SELECT id, body FROM projection_pattern WHERE id {_in_set(connection)}"),
                {"patterns": _as_set(connection, missing)},
            )
            for number, body in rows:
                found[int(number)] = self._patterns[generation, int(number)] = pattern_from(bytes(body))
        while len(self._patterns) > _PATTERNS_KEPT:
            self._patterns.popitem(last=False)
        return found

    def _answered(self, answer: Callable[..., Answer], *arguments: Any) -> Answer:
        try:
            if not self._prepared:
                prepare(self._place)
                self._prepared = True
            with self._steady.connect() as connection:
                return answer(connection, *arguments)
        except SQLAlchemyError as error:
            raise ProjectionError(f"the projection of the log cannot be read ({type(error).__name__})") from None


def _selecting(question: Question, above: int, below: int) -> tuple[str, dict[str, Any]]:
    begins, ends = times_of(question.first, question.last)
    statement = f"SELECT {_COLUMNS} FROM projection_entry e WHERE e.entry_index > :above AND e.entry_index < :below"
    values: dict[str, Any] = {"above": above, "below": below}
    if begins is not None:
        statement, values["begins"] = statement + " AND e.at_ms >= :begins", begins
    if ends is not None:
        statement, values["ends"] = statement + " AND e.at_ms < :ends", ends
    return statement, values


def _position(connection: Connection) -> tuple[int, int]:
    generation, position = connection.execute(text("SELECT generation, position FROM projection_state")).one()
    return int(generation), int(position)


def _organizations(connection: Connection, units: Sequence[str]) -> dict[str, str]:
    statement = text("SELECT organization FROM projection_unit WHERE unit = :unit")
    found = {unit: connection.execute(statement, {"unit": unit}).scalar_one_or_none() for unit in units}
    return {unit: str(name) for unit, name in found.items() if name is not None}


def _is_postgres(of: Engine | Connection) -> bool:
    return of.dialect.name == "postgresql"


def _in_set(connection: Connection) -> str:
    if _is_postgres(connection):
        return "= ANY(CAST(:patterns AS integer[]))"
    return "IN (SELECT value FROM json_each(:patterns))"


def _as_set(connection: Connection, numbers: Sequence[int]) -> Any:
    return list(numbers) if _is_postgres(connection) else "[" + ",".join(map(str, numbers)) + "]"
