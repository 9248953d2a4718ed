"""The database is locked, full, or gone at COMMIT: nothing is acknowledged that is not there, and the log goes on."""

import asyncio
import shutil
import signal
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from gateway.adapters.db.engine import open_engine
from gateway.adapters.db.schema import prepare as prepare_schema
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.postgres_store import PostgresStore
from gateway.adapters.log.sqlite_store import SqliteStore
from gateway.adapters.log.vault import Vault
from gateway.domain.errors import ConfigurationError, LogUnavailableError
from gateway.domain.submission import NonceReplayed, Receipt
from tests.fault.faulty_sqlite import Fault, faulty_connector
from tests.postgres import PostgresServer
from tests.unit.log.samples import KEYS, new_database, subject, submission


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return new_database(tmp_path)


def run(
    database: Path, scenario: Callable[[GroupCommit, Fault], Coroutine[Any, Any, None]], max_pages: int | None = None
) -> None:
    async def main() -> None:
        fault = Fault()
        store = SqliteStore(database, faulty_connector(database, fault, max_pages=max_pages))
        log = GroupCommit(store, Vault(KEYS))
        try:
            await scenario(log, fault)
        finally:
            await log.close()

    asyncio.run(main())


def size_of(database: Path) -> int:
    connection = sqlite3.connect(database)
    try:
        (size, entries) = connection.execute("SELECT size, (SELECT count(*) FROM entry) FROM log_head").fetchone()
    finally:
        connection.close()
    assert size == entries
    return int(size)


def test_a_locked_database_refuses_and_recovers(database: Path) -> None:
    async def scenario(log: GroupCommit, _fault: Fault) -> None:
        await log.commit(submission())
        other = sqlite3.connect(database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        results = await asyncio.gather(*(log.commit(submission()) for _ in range(3)), return_exceptions=True)
        assert all(isinstance(one, LogUnavailableError) for one in results)
        assert "SQLITE_BUSY" in str(results[0])
        other.execute("ROLLBACK")
        other.close()
        later = await log.commit(submission())
        assert isinstance(later, Receipt)
        assert later.entry_index == 1

    run(database, scenario)


def test_a_full_disk_refuses_and_loses_nothing(database: Path) -> None:
    made: list[int] = []

    async def scenario(log: GroupCommit, _fault: Fault) -> None:
        async def fill() -> None:
            while True:
                outcome = await log.commit(submission(nonce=None))
                assert isinstance(outcome, Receipt)
                made.append(outcome.entry_index)

        with pytest.raises(LogUnavailableError, match="SQLITE_FULL"):
            await fill()

    run(database, scenario, max_pages=90)
    assert made == list(range(len(made)))
    assert len(made) > 5
    assert size_of(database) == len(made)

    async def more_room(log: GroupCommit, _fault: Fault) -> None:
        outcome = await log.commit(submission())
        assert isinstance(outcome, Receipt)
        assert outcome.entry_index == len(made)

    run(database, more_room)


@pytest.mark.parametrize("after", [False, True])
def test_an_error_at_commit_is_no_receipt_whatever_became_of_it(database: Path, after: bool) -> None:
    async def scenario(log: GroupCommit, fault: Fault) -> None:
        await log.commit(submission())
        fault.arm(0, after=after, verb="COMMIT")
        with pytest.raises(LogUnavailableError):
            await log.commit(submission(nonce="unclear"))
        later = await log.commit(submission(nonce="unclear"))
        if after:
            # The entry is durable though nobody was told: the nonce is spent, nothing was disclosed.
            assert later == NonceReplayed()
            later = await log.commit(submission())
        assert isinstance(later, Receipt)
        assert later.entry_index == (2 if after else 1)

    run(database, scenario)
    assert size_of(database) == (3 if after else 2)


def test_every_statement_of_a_batch_may_fail(database: Path) -> None:
    async def scenario(log: GroupCommit, fault: Fault) -> None:
        await log.commit(submission())
        fault.statements = 0
        await log.commit(submission(subject(99), key="count"))
        number = fault.statements
        assert number >= 13
        for at in range(number):
            before = size_of(database)
            fault.arm(at)
            with pytest.raises(LogUnavailableError):
                await log.commit(submission(subject(at), nonce=f"n{at}", key=f"k{at}"))
            fault.disarm()
            assert size_of(database) == before
            again = await log.commit(submission(subject(at), nonce=f"n{at}", key=f"k{at}"))
            assert isinstance(again, Receipt)
            assert again.entry_index == before

    run(database, scenario)


def test_an_error_names_no_value(database: Path) -> None:
    async def scenario(log: GroupCommit, fault: Fault) -> None:
        fault.arm(0, verb="INSERT INTO entry")
        with pytest.raises(LogUnavailableError) as caught:
            await log.commit(submission(nonce="canary", key="canary"))
        assert "canary" not in str(caught.value)
        assert caught.value.__cause__ is None

    run(database, scenario)


def test_a_database_of_a_newer_release_or_restored_in_part_is_refused(database: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    for statement, message in (
        ("UPDATE schema_version SET version = 9", "schema version 9"),
        ("DROP TABLE schema_version", "restored in part"),
    ):
        shutil.copy(database, broken)
        engine = open_engine(f"sqlite:///{broken}")
        with engine.begin() as connection:
            connection.execute(text(statement))
        with pytest.raises(ConfigurationError, match=message):
            prepare_schema(engine)
        engine.dispose()


def test_a_file_that_is_no_database_is_refused_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "text.sqlite"
    path.write_bytes(b"this is not a database" * 100)
    engine = open_engine(f"sqlite:///{path}")
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        prepare_schema(engine)
    engine.dispose()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/log", "rubbish"])
def test_databases_that_cannot_be_durable_are_refused(url: str) -> None:
    with pytest.raises(ConfigurationError):
        open_engine(url)


def test_postgres_crashing_under_load_loses_nothing_acknowledged(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    engine = open_engine(postgres_url)
    prepare_schema(engine)
    receipts: list[Receipt] = []
    refused: list[LogUnavailableError] = []

    async def main() -> None:
        log = GroupCommit(PostgresStore(postgres_url), Vault(KEYS), threaded=True)
        stop, enough = asyncio.Event(), asyncio.Event()

        async def worker() -> None:
            while not stop.is_set():
                try:
                    outcome = await log.commit(submission())
                except LogUnavailableError as error:
                    refused.append(error)
                    await asyncio.sleep(0.05)
                else:
                    assert isinstance(outcome, Receipt)
                    receipts.append(outcome)
                    enough.set()

        workers = [asyncio.create_task(worker()) for _ in range(16)]
        await asyncio.sleep(0.5)
        await asyncio.to_thread(postgres_server.stop, signal.SIGQUIT)
        before = len(receipts)
        await asyncio.to_thread(postgres_server.start)
        enough.clear()
        await asyncio.wait_for(enough.wait(), 30)
        stop.set()
        await asyncio.gather(*workers)
        await log.close()
        assert before > 0

    asyncio.run(main())
    engine.dispose()
    assert refused
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT entry_index, body FROM entry")).all()
        stored = {int(index): bytes(body) for index, body in rows}
        size = connection.execute(text("SELECT size FROM log_head")).scalar_one()
    engine.dispose()
    assert len({one.entry_index for one in receipts}) == len(receipts)
    assert all(stored[one.entry_index] == one.entry for one in receipts)
    assert sorted(stored) == list(range(size))
