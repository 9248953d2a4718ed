"""Puts together what reads the log, for a composition root.

    with_log = open_log(url, keys, log_key)      # schema prepared, durability verified
Does not: read settings, start tasks (the caller runs `checkpoints.run`), or append (`gateway.adapters.log.appending`,
which a command that only reads does not import).
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from audit.errors import TileError, TileMissingError, TreeError
from audit.note_key import SignerKey
from gateway.adapters.db.engine import open_engine
from gateway.adapters.db.schema import prepare
from gateway.adapters.log.archive import EntryArchive, InclusionProofs
from gateway.adapters.log.checkpoints import CheckpointFile, CheckpointTable
from gateway.adapters.log.proven import ProvenState
from gateway.adapters.log.reader import LogReader
from gateway.adapters.log.vault import Vault, VaultKeys
from gateway.service.log.checkpointing import Checkpointing, CheckpointMemory


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
