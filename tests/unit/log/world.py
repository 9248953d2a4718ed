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
from gateway.adapters.db.partner_keys import PartnerKeyTable
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.log.appending import open_store
from gateway.adapters.log.archive import EntryArchive, InclusionProofs
from gateway.adapters.log.assembly import OpenLog, open_log
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.proven import ProvenState
from gateway.adapters.log.reader import LogReader
from gateway.adapters.log.reconcile.account import BeforeAccount
from gateway.adapters.log.reconcile.run import Reconcile
from gateway.adapters.log.reconcile.state import StateCheck
from gateway.adapters.log.standing import SignedCheckpoints
from gateway.adapters.log.vault import VaultKeys
from gateway.service.log.checkpointing import Checkpointing
from gateway.service.log.completeness import Reconciled
from tests.unit.log.samples import KEYS, TIME

LOG_KEY = SignerKey.make("gateway.example/log", b"L" * 32)


@dataclass
class SetClock:
    time: datetime = TIME

    def now(self) -> datetime:
        return self.time

    def after(self, days: int) -> "SetClock":
        return SetClock(self.time + timedelta(days=days))


class WholeRows:
    """The port `KeptRows` of a log whose rows of state are all there."""

    async def before_erasure(self) -> Reconciled:
        return Reconciled(0, 0, 0, 0, 0, 0, 0, (), ())


@dataclass(frozen=True)
class World:
    database: Path
    engine: Engine
    log: GroupCommit
    reader: LogReader
    archive: EntryArchive
    signer: Checkpointing
    proofs: InclusionProofs
    proven: ProvenState
    opened: OpenLog


def reconcile_on(opened: OpenLog) -> Reconcile:
    tables = (PartnerKeyTable(opened.engine, opened.proven), StateTable(opened.engine, opened.vault, opened.proven))
    state = StateCheck(opened.engine, opened.proven, tables, opened.vault.state_key)
    return Reconcile(opened.engine, opened.vault, state, opened.table, LOG_KEY.verifier)


def before_account_on(opened: OpenLog) -> BeforeAccount:
    signed = SignedCheckpoints(opened.reader, opened.table, LOG_KEY.verifier)
    return BeforeAccount(reconcile_on(opened), opened.archive, signed)


@asynccontextmanager
async def world_on(database: Path, *, outside: Path | None = None, keys: VaultKeys = KEYS) -> AsyncIterator[World]:
    opened = open_log(f"sqlite:///{database}", keys, LOG_KEY, outside)
    log = GroupCommit(open_store(f"sqlite:///{database}"), opened.vault, proven=opened.proven)
    opened.checkpoints.tell(log.require_size, log.halt)
    try:
        yield World(
            *(database, opened.engine, log, opened.reader, opened.archive, opened.checkpoints, opened.proofs),
            opened.proven,
            opened,
        )
    finally:
        await log.close()
        opened.engine.dispose()


def play(database: Path, scenario: Callable[[World], Coroutine[Any, Any, None]], **options: Any) -> None:
    async def main() -> None:
        async with world_on(database, **options) as world:
            await scenario(world)

    asyncio.run(main())
