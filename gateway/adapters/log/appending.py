"""Puts together what appends to the log, over one that is open for reading.

    commit = open_commit(url, with_log)          # takes the write lock on SQLite
Does not: read settings; the caller closes it, before what reads.
"""

from pathlib import Path

from gateway.adapters.db.engine import parse
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.group_commit import MAX_QUEUED, GroupCommit
from gateway.adapters.log.rows import BatchStore
from gateway.adapters.log.sqlite_store import SqliteStore


def open_commit(url: str, opened: OpenLog, *, max_queued: int = MAX_QUEUED) -> GroupCommit:
    """Open the log for appending, after checking it against what was signed.

    Raises:
        ConfigurationError: another process writes to this SQLite database, or it would lose commits.
        LogUnavailableError: the log is behind or not what it signed (restored backup, altered entries).
    """
    sqlite = parse(url).get_backend_name() == "sqlite"
    store = open_store(url)
    try:
        opened.checkpoints.sign()
        log = GroupCommit(store, opened.vault, threaded=not sqlite, max_queued=max_queued, proven=opened.proven)
        opened.checkpoints.tell(log.require_size, log.halt)
    except BaseException:
        store.close()
        raise
    return log


def open_store(url: str) -> BatchStore:
    """The store of a database URL. Raises ConfigurationError."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteStore(Path(parsed.database or ""))
    # The driver is dear to import, and only these deployments need it.
    from gateway.adapters.log.postgres_store import PostgresStore

    return PostgresStore(url)
