"""A whole log on a SQLite file for tests: writer, readers, signer and the use cases over them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from audit.note_key import SignerKey
from gateway.adapters.commit import GroupCommit
from gateway.adapters.db.engine import open_engine
from gateway.adapters.log.archive import EntryArchive, InclusionProofs
from gateway.adapters.log.checkpoints import CheckpointFile, CheckpointTable
from gateway.adapters.log.reader import LogReader
from gateway.adapters.log.sqlite_store import SqliteStore
from gateway.adapters.log.vault import Vault
from gateway.service.checkpointing import Checkpointing
from tests.unit.log.samples import KEYS, TIME

LOG_KEY = SignerKey.make("gateway.example/log", b"L" * 32)


@dataclass
class SetClock:
    time: datetime = TIME

    def now(self) -> datetime:
        return self.time

    def after(self, days: int) -> "SetClock":
        return SetClock(self.time + timedelta(days=days))


@dataclass(frozen=True)
class World:
    database: Path
    engine: Engine
    log: GroupCommit
    reader: LogReader
    archive: EntryArchive
    signer: Checkpointing
    proofs: InclusionProofs


@asynccontextmanager
async def world_on(database: Path, *, outside: Path | None = None, vault: Vault | None = None) -> AsyncIterator[World]:
    vault = vault or Vault(KEYS)
    engine = open_engine(f"sqlite:///{database}")
    log = GroupCommit(SqliteStore(database), vault)
    reader = LogReader(engine)
    memories: list[Any] = [CheckpointTable(engine), *([CheckpointFile(outside)] if outside else [])]
    signer = Checkpointing(reader, LOG_KEY, memories, on_signed=log.require_size)
    proofs = InclusionProofs(reader, signer, LOG_KEY.verifier)
    try:
        yield World(database, engine, log, reader, EntryArchive(engine, vault), signer, proofs)
    finally:
        await log.close()
        engine.dispose()


def play(database: Path, scenario: Callable[[World], Coroutine[Any, Any, None]], **options: Any) -> None:
    async def main() -> None:
        async with world_on(database, **options) as world:
            await scenario(world)

    asyncio.run(main())
