"""Puts the parts of the log together for a composition root: one for reading, one that may also append.

    with_log = open_log(url, keys, log_key)      # schema prepared, durability verified
    commit = open_commit(url, with_log)          # takes the write lock on SQLite
Does not: read settings or start tasks; the caller runs `checkpoints.run` and closes both.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from audit.errors import TileError, TileMissingError, TreeError
from audit.note_key import SignerKey
from gateway.adapters.commit import MAX_QUEUED, GroupCommit
from gateway.adapters.db.engine import open_engine, parse
from gateway.adapters.db.schema import prepare
from gateway.adapters.log.archive import EntryArchive, InclusionProofs
from gateway.adapters.log.checkpoints import CheckpointFile, CheckpointTable
from gateway.adapters.log.postgres_store import PostgresStore
from gateway.adapters.log.proven import ProvenState
from gateway.adapters.log.reader import LogReader
from gateway.adapters.log.rows import BatchStore
from gateway.adapters.log.sqlite_store import SqliteStore
from gateway.adapters.log.vault import Vault, VaultKeys
from gateway.service.checkpointing import Checkpointing, CheckpointMemory


@dataclass(frozen=True, slots=True)
class OpenLog:
    """Everything that reads the log, and its signer. Close with `engine.dispose()`."""

    engine: Engine
    vault: Vault
    reader: LogReader
    archive: EntryArchive
    table: CheckpointTable
    checkpoints: Checkpointing
    proofs: InclusionProofs
    proven: ProvenState

    async def latest_checkpoint(self) -> str | None:
        """The checkpoint signed last, or None before the first."""
        return self.checkpoints.latest or None

    async def tile(self, path: str) -> bytes | None:
        """The bytes at a tlog-tiles path, or None where there are none. Raises LogUnavailableError."""
        try:
            return await asyncio.to_thread(self.reader.read, path)
        except (TileError, TileMissingError, TreeError):
            return None


def open_log(url: str, keys: VaultKeys, log_key: SignerKey, outside: Path | None = None) -> OpenLog:
    """Open a log, creating its schema where there is none. `outside` is a file that remembers the last checkpoint,
    on another disk than the database. Raises ConfigurationError."""
    engine = open_engine(url)
    try:
        prepare(engine)
    except BaseException:
        engine.dispose()
        raise
    vault, reader, table = Vault(keys), LogReader(engine), CheckpointTable(engine)
    memories: list[CheckpointMemory] = [table]
    if outside is not None:
        memories.append(CheckpointFile(outside))
    checkpoints = Checkpointing(reader, log_key, memories)
    proofs = InclusionProofs(reader, checkpoints, log_key.verifier)
    proven = ProvenState(engine, vault.state_key)
    return OpenLog(engine, vault, reader, EntryArchive(engine, vault), table, checkpoints, proofs, proven)


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
    return SqliteStore(Path(parsed.database or "")) if parsed.get_backend_name() == "sqlite" else PostgresStore(url)
