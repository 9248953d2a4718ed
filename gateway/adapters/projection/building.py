"""Builds the projection of the log, a step at a time, each in one transaction with how far it is.

    builder.advance(5_000)      read at most so many entries further
    builder.rebuild()           begin anew; the next `advance` reads from the first entry

Invariants: a step is there whole or not at all, whenever the process ends, and every entry is counted once, whoever
builds: the row that says how far it is, is locked meanwhile. A projection that this log does not extend (a backup was
restored, the log is another one) is begun anew. An entry that cannot be read is counted and passed over. On PostgreSQL
its commits do not wait for the disk: what a crash loses is read again. Does not: touch the log, or run by itself.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from audit.merkle import leaf_hash
from gateway.adapters.projection.entries import Entries
from gateway.adapters.projection.folding import (
    Splitter,
    Taken,
    pattern_bytes,
    pattern_of,
    strictly,
    taken,
    time_of,
)
from gateway.adapters.projection.patterns import PatternNumbers
from gateway.adapters.projection.summing import Sums
from gateway.adapters.projection.tables import BUILDER_LOCK, FILLED, prepare
from gateway.adapters.projection.writing import write
from gateway.service.projection.reading import ProjectionError
from gateway.service.projection.rows import Organizations, Standing

_STATE: Final = "SELECT generation, position, leaf, unreadable, newest_ms, codes, patterns FROM projection_state"
_TURN: Final = text("SELECT pg_try_advisory_xact_lock(:key)")
_LOCK: Final = text("UPDATE projection_state SET version = version WHERE id = 1")
_KEEP: Final = text(
    "UPDATE projection_state SET position = :position, leaf = :leaf, unreadable = :unreadable, "
    "newest_ms = :newest_ms, codes = :codes, patterns = :patterns WHERE id = 1"
)
_ANEW: Final = text(
    "UPDATE projection_state SET generation = generation + 1, position = 0, leaf = NULL, unreadable = 0, "
    "newest_ms = NULL, codes = 0, patterns = 0 WHERE id = 1"
)
_OLDEST: Final = text("SELECT at_ms FROM projection_entry ORDER BY entry_index LIMIT 1")
_NAME_UNIT: Final = text(
    "INSERT INTO projection_unit (unit, organization) VALUES (:unit, :organization) "
    "ON CONFLICT (unit) DO UPDATE SET organization = excluded.organization"
)
_BREATHE_EVERY: Final = 16


@dataclass(slots=True)
class _State:
    generation: int
    position: int
    leaf: bytes | None
    unreadable: int
    newest_ms: int | None
    codes: int
    patterns: int


class Builder:
    """`log` is an engine that reads the log, `place` that of the projection, `organizations` the organization of every
    unit today. With `polite`, other threads get their turn within a step. Every method blocks and raises
    ProjectionError; several threads may call them."""

    def __init__(
        self, log: Engine, place: Engine, organizations: Callable[[], Organizations], *, polite: bool = False
    ) -> None:
        self._entries = Entries(log)
        self._place = place
        self._organizations = organizations
        self._named: Mapping[str, str] | None = None
        self._polite = polite
        self._splitter = Splitter()
        self._numbers = PatternNumbers()
        self._generation: int | None = None
        self._lock = threading.Lock()
        self._prepared = False

    def advance(self, most: int) -> int:
        """Read at most `most` entries further; how many were: none where another process is at it."""
        with self._lock:
            try:
                self._prepare()
                if self._has_all():
                    return 0
                with self._place.begin() as connection:
                    return self._step(connection, most)
            except SQLAlchemyError as error:
                raise ProjectionError(f"the projection of the log cannot go on ({type(error).__name__})") from None
            finally:
                # What is remembered is right only where the step was committed; `_step` says so at its end.
                if self._generation is None:
                    self._numbers.forget()
                    self._named = None

    def rebuild(self) -> None:
        """Begin anew."""
        with self._lock:
            try:
                self._prepare()
                with self._place.begin() as connection:
                    self._begin_anew(connection)
            except SQLAlchemyError as error:
                raise ProjectionError(f"the projection of the log cannot begin anew ({type(error).__name__})") from None

    def standing(self) -> Standing:
        """How far it is."""
        try:
            self._prepare()
            with self._place.connect() as connection:
                state = _read(connection)
                oldest = connection.execute(_OLDEST).scalar_one_or_none()
            size = self._entries.size()
            waiting = self._entries.body(state.position) if state.position < size else None
        except SQLAlchemyError as error:
            raise ProjectionError(f"the projection of the log cannot be read ({type(error).__name__})") from None
        return Standing(
            up_to=min(state.position, size),
            size=size,
            unreadable=state.unreadable,
            oldest=None if oldest is None else time_of(oldest),
            newest=None if state.newest_ms is None else time_of(state.newest_ms),
            lag_seconds=self._lag(waiting),
            generation=state.generation,
            patterns=state.patterns,
        )

    def _lag(self, waiting: bytes | None) -> float:
        """How long ago the first entry that was not read was made."""
        found = self._splitter.split(waiting) if waiting is not None else None
        return 0.0 if found is None else max(0.0, (datetime.now(UTC) - time_of(found.at_ms)).total_seconds())

    def _prepare(self) -> None:
        if not self._prepared:
            prepare(self._place)
            self._prepared = True

    def _has_all(self) -> bool:
        """Whether there is nothing to do, found without writing anything."""
        if self._generation is None or self._named is not self._organizations():
            return False
        with self._place.connect() as connection:
            state = _read(connection)
        return state.generation == self._generation and state.position == self._entries.size()

    def _step(self, connection: Connection, most: int) -> int:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL synchronous_commit = off"))
            if not connection.execute(_TURN, {"key": BUILDER_LOCK}).scalar_one():
                return 0
        connection.execute(_LOCK)
        known, self._generation = self._generation, None
        self._name_units(connection)
        state = _read(connection)
        size = self._entries.size()
        if not self._extends(state, size):
            self._begin_anew(connection)
            state = _read(connection)
        if state.generation != known:
            self._numbers.forget()
        self._numbers.codes, self._numbers.patterns = state.codes, state.patterns
        until = min(size, state.position + most)
        if until > state.position:
            self._read_on(connection, state, until)
        self._generation = state.generation
        return until - state.position

    def _read_on(self, connection: Connection, state: _State, until: int) -> None:
        sums, rows, unreadable = Sums(), list[tuple[int | None, ...]](), 0
        bodies = self._entries.bodies(state.position, until)
        for index, body in enumerate(bodies, state.position):
            if self._polite and index % _BREATHE_EVERY == 0:
                time.sleep(0)
            found = None if body is None else self._take(connection, body)
            if found is None:
                unreadable += 1
                continue
            one, pattern = found
            rows.append((index, one.at_ms, pattern, one.records, one.refers_to))
            sums.add(index, pattern, one)
        self._numbers.flush(connection)
        write(connection, "projection_entry", rows)
        sums.write(connection)
        last = bodies[-1]
        newest = max((row[1] or 0 for row in rows), default=state.newest_ms)
        connection.execute(
            _KEEP,
            {
                "position": until,
                "leaf": None if last is None else leaf_hash(last),
                "unreadable": state.unreadable + unreadable,
                "newest_ms": newest if state.newest_ms is None else max(newest or 0, state.newest_ms),
                "codes": self._numbers.codes,
                "patterns": self._numbers.patterns,
            },
        )

    def _take(self, connection: Connection, body: bytes) -> tuple[Taken, int] | None:
        split = self._splitter.split(body)
        known = self._numbers.known(split.spelling) if split else None
        if split is not None and known is not None:
            return split, known
        entry = strictly(body)
        if entry is None:
            return None
        pattern = pattern_of(entry)
        number = self._numbers.number(connection, pattern)
        one = split or taken(entry, pattern_bytes(pattern))
        if split is not None:
            self._numbers.remember(split.spelling, number)
        return one, number

    def _extends(self, state: _State, size: int) -> bool:
        if state.position > size:
            return False
        if state.leaf is None:
            return True
        last = self._entries.body(state.position - 1)
        return last is not None and leaf_hash(last) == state.leaf

    def _begin_anew(self, connection: Connection) -> None:
        connection.execute(_LOCK)
        for table in FILLED:
            connection.execute(
                text(f"TRUNCATE {table}" if connection.dialect.name == "postgresql" else f"DELETE FROM {table}")
            )
        connection.execute(_ANEW)

    def _name_units(self, connection: Connection) -> None:
        organizations = self._organizations()
        if organizations is self._named:
            return
        rows = [{"unit": unit, "organization": name} for unit, name in organizations.items()]
        if rows:
            connection.execute(_NAME_UNIT, rows)
        self._named = organizations


def _read(connection: Connection) -> _State:
    row: Any = connection.execute(text(_STATE)).one()
    leaf = None if row.leaf is None else bytes(row.leaf)
    return _State(row.generation, row.position, leaf, row.unreadable, row.newest_ms, row.codes, row.patterns)
