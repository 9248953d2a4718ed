"""A source that is a table of a SQL database.

Invariants: values reach the database as bound parameters only, names as SQLAlchemy column objects checked against the
table when the source opens; a SELECT reads the key, and the columns of the elements asked for, nothing else; a fetch
gives at most 51 records; nothing is ever written. Elements the table does not hold are left out of a record's values.

What it costs: an indexed look-up in SQLite runs on the event loop's thread (see `readers`: a worker thread would give
up the interpreter lock several times for a read of a few microseconds) with a deadline; pages, counts, unindexed
look-ups, a locked file and every other database go to a pool of `concurrency` threads, where at most eight times as
many may wait.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Select, Table, bindparam, func, or_, select

from gateway.adapters.sources import cursor as cursors
from gateway.adapters.sources.readers import (
    ReadBusyError,
    Reader,
    ReadFailedError,
    Rows,
    SqliteReader,
    Statement,
)
from gateway.adapters.sources.values import Convert, converted, converter
from gateway.domain.element import RecordType
from gateway.domain.errors import SourceError, SourceQueryError
from gateway.domain.names import look_up_name
from gateway.domain.record import SourcePage, SourceRecord
from gateway.domain.target import ListQuery, SubjectIdentifier

FETCH_LIMIT = 51
"""One more than an identifier may lead to, so that a cut is seen (`gateway.service.disclosure.source_check`)."""
PAGE_LIMIT = 1000
WAITING_PER_THREAD = 8
STATEMENTS_KEPT = 256

NORMALISERS: Mapping[str, Callable[[str], str]] = {
    "none": lambda value: value,
    "name": look_up_name,
    "alphanumeric": lambda value: "".join(filter(str.isalnum, value)).upper(),
}


@dataclass(frozen=True, slots=True)
class LookUp:
    """How one identifier scheme is looked up: in any of `columns`, after `normalise`."""

    columns: tuple[Column[Any], ...]
    normalise: Callable[[str], str]
    indexed: bool

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters that take the value, one for each column."""
        return _values(len(self.columns))


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Where a record type is in a table. `key` is unique, orders lists and is the record's reference."""

    table: Table
    key: Column[Any]
    columns: Mapping[str, Column[Any]]
    look_ups: Mapping[str, LookUp]
    provenance: Mapping[str, Column[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The row: key, one column for each converter, `found_by` columns, one for each name of `provenance`."""

    statement: Statement
    converters: tuple[tuple[str, Convert], ...]
    found_by: int
    provenance: tuple[str, ...]


class SqlSource:
    """`Source` over one table. `timeout` is in seconds, from asking to rows."""

    def __init__(
        self,
        record_type: RecordType,
        mapping: TableMapping,
        reader: Reader,
        *,
        timeout: float,
        concurrency: int,
        cursor_secret: bytes,
    ) -> None:
        self._type = record_type
        self._mapping = mapping
        self._reader = reader
        self._timeout = timeout
        self._secret = cursor_secret
        self._pool = ThreadPoolExecutor(concurrency, thread_name_prefix=f"source-{record_type.id}")
        self._waiting = 0
        self._most_waiting = concurrency * (1 + WAITING_PER_THREAD)
        self._prepared: dict[tuple[Any, ...], _Prepared] = {}
        self._converters = {
            name: converter(record_type.id, name, record_type.elements[name].type) for name in mapping.columns
        }

    async def fetch(self, subject: SubjectIdentifier, elements: Sequence[str]) -> tuple[SourceRecord, ...]:
        """At most 51 records, ordered by key. Raises SourceError; SourceQueryError for an unknown scheme."""
        look_up = self._mapping.look_ups.get(subject.scheme)
        if look_up is None:
            raise SourceQueryError("scheme")
        prepared = self._prepare(
            ("fetch", subject.scheme, *elements),
            elements,
            lambda: or_(
                *(column == bindparam(name) for name, column in zip(look_up.parameters, look_up.columns, strict=True))
            ),
            look_up.columns,
        )
        value = look_up.normalise(subject.value)
        parameters: dict[str, Any] = dict.fromkeys(look_up.parameters, value)
        parameters["limit"] = FETCH_LIMIT
        rows = await self._rows(prepared.statement, parameters, at_once=look_up.indexed)
        return tuple([_record(prepared, row) for row in rows])

    async def page(self, query: ListQuery, elements: Sequence[str]) -> SourcePage:
        """The page after the cursor, ordered by key. Raises SourceError; SourceQueryError names cursor, limit or
        filter element."""
        if not 1 <= query.limit <= PAGE_LIMIT:
            raise SourceQueryError("limit")
        parameters = self._filter_parameters(query.filter)
        parameters["limit"] = query.limit + 1
        names = tuple(sorted(query.filter))
        if query.cursor is not None:
            after = cursors.decode(self._secret, self._type.id, query.filter, query.cursor)
            if isinstance(after, int) is not (self._mapping.key.type.python_type is int):
                raise SourceQueryError("cursor")
            parameters["after"] = after
        following = query.cursor is not None
        prepared = self._prepare(
            ("page", following, names, *elements), elements, lambda: self._condition(names, following)
        )
        rows = await self._rows(prepared.statement, parameters)
        records = tuple(_record(prepared, row) for row in rows[: query.limit])
        if len(rows) <= query.limit:
            return SourcePage(records, None)
        last = rows[query.limit - 1][0]
        return SourcePage(records, cursors.encode(self._secret, self._type.id, query.filter, last))

    async def count(self, filters: Mapping[str, str]) -> int:
        """How many records match. Raises as `page`."""
        parameters = self._filter_parameters(filters)
        counting = select(func.count()).select_from(self._mapping.table)
        for name in sorted(filters):
            counting = counting.where(self._mapping.columns[name] == bindparam(f"filter_{name}"))
        rows = await self._rows(Statement.of(counting), parameters)
        return int(rows[0][0])

    def close(self) -> None:
        """Lets running reads end, then closes the connections."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._reader.close()

    def _prepare(
        self,
        shape: tuple[Any, ...],
        elements: Sequence[str],
        condition: Callable[[], Any],
        found_by: Sequence[Column[Any]] = (),
    ) -> _Prepared:
        prepared = self._prepared.get(shape)
        if prepared is None:
            held = [name for name in dict.fromkeys(elements) if name in self._mapping.columns]
            statement: Select[Any] = (
                select(
                    self._mapping.key,
                    *(self._mapping.columns[name].label(f"e_{name}") for name in held),
                    *(column.label(f"f_{position}") for position, column in enumerate(found_by)),
                    *(column.label(f"p_{name}") for name, column in self._mapping.provenance.items()),
                )
                .where(condition())
                .order_by(self._mapping.key)
                .limit(bindparam("limit"))
            )
            prepared = _Prepared(
                Statement.of(statement),
                tuple((name, self._converters[name]) for name in held),
                len(found_by),
                tuple(self._mapping.provenance),
            )
            if len(self._prepared) >= STATEMENTS_KEPT:
                self._prepared.clear()
            self._prepared[shape] = prepared
        return prepared

    def _condition(self, names: Sequence[str], following: bool) -> Any:
        condition: Any = self._mapping.key.is_not(None)
        for name in names:
            condition &= self._mapping.columns[name] == bindparam(f"filter_{name}")
        if following:
            condition &= self._mapping.key > bindparam("after")
        return condition

    def _filter_parameters(self, filters: Mapping[str, str]) -> dict[str, Any]:
        parameters: dict[str, Any] = {}
        for name, value in filters.items():
            if name not in self._mapping.columns or name not in self._type.filters:
                raise SourceQueryError(f"filter.{name}" if name in self._type.elements else "filter")
            kind = self._type.elements[name].type
            try:
                parameters[f"filter_{name}"] = _filter_value(kind, value)
            except ValueError:
                raise SourceQueryError(f"filter.{name}") from None
        return parameters

    async def _rows(self, statement: Statement, parameters: Mapping[str, Any], *, at_once: bool = False) -> Rows:
        try:
            if at_once and isinstance(self._reader, SqliteReader):
                try:
                    return self._reader.read_now(statement, parameters)
                except ReadBusyError:
                    pass
            return await self._in_thread(statement, parameters)
        except ReadFailedError as error:
            raise SourceError(f"source of {self._type.id}: {error}") from None

    async def _in_thread(self, statement: Statement, parameters: Mapping[str, Any]) -> Rows:
        if self._waiting >= self._most_waiting:
            raise ReadFailedError("too many requests are waiting for it")
        self._waiting += 1
        try:
            reading = asyncio.get_running_loop().run_in_executor(self._pool, self._reader.read, statement, parameters)
            async with asyncio.timeout(self._timeout):
                return await reading
        except TimeoutError:
            raise ReadFailedError("too slow") from None
        finally:
            self._waiting -= 1


@lru_cache
def _values(count: int) -> tuple[str, ...]:
    return tuple(f"value{position}" for position in range(count))


def _record(prepared: _Prepared, row: Sequence[Any]) -> SourceRecord:
    end = 1 + len(prepared.converters)
    values, unfit = converted(prepared.converters, row[1:end])
    found_by = tuple([None if value is None else str(value) for value in row[end : end + prepared.found_by]])
    provenance = dict(zip(prepared.provenance, row[end + prepared.found_by :], strict=True))
    return SourceRecord(str(row[0]), values, unfit, found_by, provenance)


def _filter_value(kind: str, value: str) -> str | int | bool:
    if kind == "integer":
        if not (value.isascii() and value.isdecimal() and len(value) <= 18):
            raise ValueError
        return int(value)
    if kind == "boolean":
        if value not in {"true", "false"}:
            raise ValueError
        return value == "true"
    return value
