"""Opens the database with the durability the log needs, or refuses to start.

Invariant 1 rests on what COMMIT means: SQLite runs in WAL mode with synchronous=FULL and one process writes, held by
an operating-system lock on the file; PostgreSQL must report synchronous_commit=on (or remote_apply) and fsync=on.
Does not: create tables (schema.py), or hold any engine at import.
"""

import contextlib
import fcntl
import os
import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from gateway.domain.errors import ConfigurationError

BUSY_MILLISECONDS: Final = 2_000
# Nonces, tokens and keys are digests, so they land all over their tables: with SQLite's own 2 MiB nearly every insert
# into a log of a million entries would read a page again.
CACHE_KIBIBYTES: Final = 131_072
_DURABLE: Final = frozenset({"on", "remote_apply"})


def parse(url: str) -> URL:
    """Read a database URL: `sqlite:///file` or `postgresql+psycopg://...`. Raises ConfigurationError."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ConfigurationError("the database URL is malformed") from None
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise ConfigurationError("the log needs a database file; an in-memory database is not durable")
        return parsed
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    raise ConfigurationError("the database URL is neither sqlite nor postgresql")


def open_engine(url: str) -> Engine:
    """Return an engine for reading and for staff work, after checking that commits are durable.

    Raises:
        ConfigurationError: the database does not keep what it acknowledges, or cannot be reached.
    """
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": BUSY_MILLISECONDS / 1000})
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
        return engine
    engine = create_engine(parsed, pool_pre_ping=True)
    try:
        _require_durable_postgres(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _on_sqlite_connect(connection: Any, _record: object) -> None:
    # SQLAlchemy's own BEGIN is deferred until the first write; the log needs to say when it begins.
    connection.isolation_level = None
    configure_sqlite(connection)


def _on_sqlite_begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


def configure_sqlite(connection: sqlite3.Connection) -> None:
    """Set and verify WAL and synchronous=FULL. Raises ConfigurationError."""
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIBIBYTES}")
    mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    connection.execute("PRAGMA synchronous=FULL")
    # Builds differ in their default; erasure turns it on for itself (log/sqlite_store.py).
    connection.execute("PRAGMA secure_delete=OFF")
    level = connection.execute("PRAGMA synchronous").fetchone()[0]
    if str(mode).lower() != "wal" or level != 2:
        raise ConfigurationError(
            "SQLite does not run in WAL mode with synchronous=FULL here; put the file on a local disk"
        )


def _require_durable_postgres(engine: Engine) -> None:
    try:
        with engine.connect() as connection:
            commit = connection.execute(text("SHOW synchronous_commit")).scalar_one()
            fsync = connection.execute(text("SHOW fsync")).scalar_one()
    except DBAPIError as error:
        raise ConfigurationError(
            f"PostgreSQL cannot be reached ({type(error.orig).__name__}); check the database URL and the server"
        ) from None
    require_durable(str(commit), str(fsync))


def require_durable(synchronous_commit: str, fsync: str) -> None:
    """Refuse settings under which an acknowledged COMMIT can be lost. Raises ConfigurationError."""
    if synchronous_commit not in _DURABLE or fsync != "on":
        raise ConfigurationError(
            "PostgreSQL would lose acknowledged commits in a crash: set synchronous_commit=on and fsync=on"
        )


class SoleWriter:
    """The operating-system lock that makes this process the only writer of a SQLite database.

    It is on the database file itself, whatever its name: a link to it, or a lock file that somebody removed, would let
    a second writer in. `flock` does not meet SQLite's own locks, which are of another kind. Released by `release`,
    after the connections to write with are closed, and by the end of the process, however it ends."""

    def __init__(self, database: Path) -> None:
        """Makes an empty file where there is none. Raises ConfigurationError when another process holds the lock."""
        self._file: int | None = os.open(database, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._file)
            self._file = None
            raise ConfigurationError(
                "another process writes to this SQLite database; stop it first, or use PostgreSQL for several processes"
            ) from None

    def release(self) -> None:
        """Give the lock back; may be called twice."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                os.close(self._file)
            self._file = None
