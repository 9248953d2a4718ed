"""Two ways to run one SELECT, both read-only and both with a deadline.

`SqliteReader` keeps one connection per thread, opened `mode=ro` with `query_only`; a progress handler ends a statement
that passes its deadline. Python's sqlite3 gives up the interpreter lock at every step, so a point read in a worker
thread waits for the event loop several times; `read_now` therefore runs an indexed point read on the calling thread,
never waiting for a lock. `EngineReader` serves every other database through SQLAlchemy, read-only by the session
(PostgreSQL: `default_transaction_read_only`, `statement_timeout`).
"""

import sqlite3
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

from sqlalchemy import Engine, Select, create_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

Rows = Sequence[Sequence[Any]]

# How many virtual-machine steps SQLite makes between two looks at the clock (about 0.1 ms).
MAPPED_BYTES = 268_435_456
STEPS_BETWEEN_CHECKS = 20_000


class ReadFailedError(Exception):
    """The database could not answer. Carries the kind of failure, not the driver's message (which quotes values)."""


class ReadBusyError(ReadFailedError):
    """Another process holds the lock; worth waiting for in a thread."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A SELECT, and its text for SQLite with the names of its parameters in order and the values of fixed ones."""

    select: Select[Any]
    text: str
    order: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, select: Select[Any]) -> "Statement":
        compiled = select.compile(dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True})
        fixed = compiled.params
        return cls(select, str(compiled), tuple((name, fixed.get(name)) for name in compiled.positiontup or ()))


class Reader(Protocol):
    """Raises ReadFailedError from both."""

    def read(self, statement: Statement, parameters: Mapping[str, Any]) -> Rows: ...

    def close(self) -> None: ...


class _Deadline:
    __slots__ = ("at",)

    def __init__(self) -> None:
        self.at = 0.0

    def passed(self) -> int:
        return time.monotonic() > self.at


class SqliteReader:
    """Reads one SQLite file. `timeout` is in seconds, for waiting and reading each."""

    def __init__(self, path: str, timeout: float) -> None:
        self._uri = f"file:{quote(path)}?mode=ro"
        self._timeout = timeout
        self._here = threading.local()
        self._opened: list[sqlite3.Connection] = []

    def read(self, statement: Statement, parameters: Mapping[str, Any]) -> Rows:
        return self._read("waiting", self._timeout, statement, parameters)

    def read_now(self, statement: Statement, parameters: Mapping[str, Any]) -> Rows:
        """As `read`, but raises ReadBusyError at once where the file is locked."""
        return self._read("now", 0.0, statement, parameters)

    def _read(self, mode: str, busy: float, statement: Statement, parameters: Mapping[str, Any]) -> Rows:
        try:
            held = getattr(self._here, mode, None)
            if held is None:
                held = self._connect(busy)
                setattr(self._here, mode, held)
            connection, deadline = held
            deadline.at = time.monotonic() + self._timeout
            rows: Rows = connection.execute(
                statement.text, [parameters.get(name, fixed) for name, fixed in statement.order]
            ).fetchall()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise ReadBusyError("locked") from None
            interrupted = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT
            raise ReadFailedError("too slow" if interrupted else "cannot be read") from None
        except (sqlite3.Error, OverflowError, UnicodeError):
            raise ReadFailedError("cannot be read") from None
        return rows

    def _connect(self, busy: float) -> tuple[sqlite3.Connection, _Deadline]:
        connection = sqlite3.connect(
            self._uri, uri=True, timeout=busy, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        self._opened.append(connection)
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
        deadline = _Deadline()
        connection.set_progress_handler(deadline.passed, STEPS_BETWEEN_CHECKS)
        return connection, deadline

    def close(self) -> None:
        while self._opened:
            self._opened.pop().close()
        self._here = threading.local()


class EngineReader:
    """Reads any SQLAlchemy database; `concurrency` connections at most."""

    def __init__(self, url: URL, timeout: float, concurrency: int) -> None:
        self.engine = read_only_engine(url, timeout, concurrency)

    def read(self, statement: Statement, parameters: Mapping[str, Any]) -> Rows:
        try:
            with self.engine.connect() as connection:
                return connection.execute(statement.select, dict(parameters)).fetchall()
        except SQLAlchemyError:
            raise ReadFailedError("cannot be read") from None

    def close(self) -> None:
        self.engine.dispose()


def read_only_engine(url: URL, timeout: float, concurrency: int) -> Engine:
    """An engine whose sessions cannot write and end a statement after `timeout` seconds, as far as the database
    offers it: PostgreSQL does, SQLite is opened read-only, for others grant the gateway's account SELECT alone."""
    arguments: dict[str, Any] = {}
    if url.get_backend_name() == "postgresql":
        settings = f"-c default_transaction_read_only=on -c statement_timeout={int(timeout * 1000)}"
        arguments["options"] = settings
        arguments["connect_timeout"] = max(2, int(timeout + 1))
    if url.get_backend_name() == "sqlite":
        url = url.set(database=f"file:{quote(url.database or '')}", query={"mode": "ro", "uri": "true"})
        return create_engine(url, hide_parameters=True)
    return create_engine(
        url,
        connect_args=arguments,
        pool_size=concurrency,
        max_overflow=0,
        pool_timeout=timeout,
        pool_pre_ping=True,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
    )
