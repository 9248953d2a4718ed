"""Where the console keeps its sessions and references: one table, of digests, ciphertexts and times.

Apart from the log's schema: a SQLite log has one writer, and the console may be another process. Invariant 6: no column
holds a personal value; what is kept is ciphertext under a key that is not here (`gateway.console.session.store`).
"""

import asyncio
import time
from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy import BigInteger, Column, Engine, LargeBinary, MetaData, Table, Text, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from gateway.adapters.db.engine import open_engine, parse
from gateway.domain.errors import ConfigurationError, LogUnavailableError

T = TypeVar("T")
_TRIES: Final = 5
_PAUSE: Final = 0.2
"""Seconds between two tries to make the table."""
_TABLE: Final = Table(
    "console_state",
    MetaData(),
    Column("kind", Text, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("expires", BigInteger, nullable=False, index=True),
)
_PUT: Final = text(
    "INSERT INTO console_state (kind, digest, body, expires) VALUES (:kind, :digest, :body, :expires) "
    "ON CONFLICT (kind, digest) DO UPDATE SET body = excluded.body, expires = excluded.expires"
)
_READ: Final = text("SELECT body FROM console_state WHERE kind = :kind AND digest = :digest AND expires > :now")
_DROP: Final = text("DELETE FROM console_state WHERE kind = :kind AND digest = :digest")
_PURGE: Final = text("DELETE FROM console_state WHERE expires <= :now")


class ConsoleState:
    """Every call is of one short transaction, in a thread."""

    def __init__(self, url: str) -> None:
        """Raises ConfigurationError."""
        self._engine = open_engine(url)
        try:
            _make(self._engine)
        except SQLAlchemyError as error:
            self._engine.dispose()
            raise ConfigurationError(f"the console's table cannot be made ({type(error).__name__})") from None

    async def put(self, kind: str, digest: bytes, body: bytes, expires: int) -> None:
        await self._run(_PUT, kind=kind, digest=digest, body=body, expires=expires)

    async def read(self, kind: str, digest: bytes, now: int) -> bytes | None:
        def read() -> bytes | None:
            with self._engine.connect() as connection:
                found = connection.execute(_READ, {"kind": kind, "digest": digest, "now": now}).scalar_one_or_none()
            return None if found is None else bytes(found)

        return await _tried(read)

    async def drop(self, kind: str, digest: bytes) -> bool:
        return await self._run(_DROP, kind=kind, digest=digest) > 0

    async def purge(self, now: int) -> None:
        await self._run(_PURGE, now=now)

    def close(self) -> None:
        self._engine.dispose()

    async def _run(self, statement: object, **values: object) -> int:
        def run() -> int:
            with self._engine.begin() as connection:
                return connection.execute(statement, values).rowcount  # type: ignore[call-overload,no-any-return]

        return await _tried(run)


def _make(engine: Engine) -> None:
    """The table, where another process may be making it at the same moment. Raises SQLAlchemyError."""
    for _ in range(_TRIES - 1):
        try:
            _TABLE.create(engine, checkfirst=True)
        except DBAPIError:
            time.sleep(_PAUSE)
        else:
            return
    _TABLE.create(engine, checkfirst=True)


async def _tried(work: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(work)
    except SQLAlchemyError as error:
        raise LogUnavailableError(f"the console's sessions cannot be reached ({type(error).__name__})") from None


def beside(database_url: str) -> str:
    """Where the sessions are unless a setting says: a file beside a SQLite log, the same database on PostgreSQL."""
    url = parse(database_url)
    if url.get_backend_name() != "sqlite":
        return database_url
    return url.set(database=f"{url.database}-console").render_as_string(hide_password=False)
