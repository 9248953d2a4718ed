"""A SQLite connection that fails on purpose, where and how a test says."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gateway.adapters.db.engine import configure_sqlite


class Fault:
    """Fails at one statement. `after` lets it run first: at COMMIT, the outcome is then unclear to the caller."""

    def __init__(self) -> None:
        self._countdown: int | None = None
        self._matches: Callable[[str], bool] = lambda _sql: True
        self._after = False
        self.statements = 0

    def arm(self, countdown: int, *, after: bool = False, verb: str = "") -> None:
        """Fail at the `countdown`-th statement (0: the next) that begins with `verb`."""
        self._countdown, self._after = countdown, after
        self._matches = lambda sql: sql.startswith(verb)

    def disarm(self) -> None:
        self._countdown = None

    def strikes(self, sql: str) -> bool:
        self.statements += 1
        if self._countdown is None or not self._matches(sql):
            return False
        self._countdown -= 1
        if self._countdown >= 0:
            return False
        self._countdown = None
        return True

    @property
    def after(self) -> bool:
        return self._after


class FaultyConnection(sqlite3.Connection):
    fault: Fault

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        if self.fault.strikes(sql):
            if self.fault.after:
                super().execute(sql, *parameters)
            raise sqlite3.OperationalError("disk I/O error")
        return super().execute(sql, *parameters)


def faulty_connector(database: Path, fault: Fault, *, max_pages: int | None = None) -> Callable[[], sqlite3.Connection]:
    """Connections that fail where `fault` says; `max_pages` makes the disk full."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            database, isolation_level=None, check_same_thread=False, factory=FaultyConnection, timeout=0.05
        )
        connection.fault = Fault()
        configure_sqlite(connection)
        if max_pages is not None:
            connection.execute(f"PRAGMA max_page_count={max_pages}")
        connection.execute("PRAGMA busy_timeout=50")
        connection.fault = fault
        return connection

    return connect
