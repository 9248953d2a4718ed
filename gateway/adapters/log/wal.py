"""Moves SQLite's write-ahead log into the database file beside the writer, not in its way.

A checkpoint writes thousands of random pages and waits for the disk twice; run by COMMIT itself it would hold up every
request. So a thread does the bulk on a connection of its own, and the writer only the few pages that came meanwhile,
after which SQLite begins the log anew. Invariant: durability never depends on this; what is not yet moved is in the
write-ahead log, which COMMIT made durable. Does not: report errors; a failed checkpoint is tried again later.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from typing import Final

ENTRIES_BETWEEN: Final = 1_000


class WalCheckpointer:
    """For the writer's thread, which calls `after_commit` and `close`."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._entries = 0
        self._thread: threading.Thread | None = None

    def after_commit(self, writer: sqlite3.Connection, entries: int) -> None:
        """Start a checkpoint when enough was written, and finish the one that is done."""
        self._entries += entries
        if self._thread is None:
            if self._entries >= ENTRIES_BETWEEN:
                self._entries = 0
                self._thread = threading.Thread(target=self._run, name="log-checkpoint", daemon=True)
                self._thread.start()
        elif not self._thread.is_alive():
            self._thread.join()
            self._thread = None
            with contextlib.suppress(sqlite3.Error):
                writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        """Wait for a checkpoint that runs."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        with contextlib.suppress(Exception):
            connection = self._connect()
            try:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            finally:
                connection.close()
