"""A check of the whole log in its own process: what it finds on a log that is whole, and on one that was altered."""

import asyncio
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.bootstrap.checking import CheckProcess
from gateway.bootstrap.log import read_log
from gateway.deployment.settings import Settings
from gateway.service.log.checking import Check, CheckFailedError, Found
from tests.live import deploy
from tests.postgres import PostgresServer


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = deploy(tmp_path_factory.mktemp("check"), workers=60)
    with made.start():
        return made.settings


def checked(settings: Settings, check: Check) -> tuple[Found, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    found = asyncio.run(CheckProcess(settings).run(check, lambda done, total: told.append((done, total))))
    return found, told


def altered(settings: Settings, tmp_path: Path, statement: str) -> Settings:
    """The same deployment over a copy of its database that somebody wrote to."""
    source = settings.database_url.removeprefix("sqlite:///")
    copy = tmp_path / "log.db"
    with sqlite3.connect(source) as old, sqlite3.connect(copy) as new:
        old.backup(new)
        new.execute(statement)
    return replace(settings, database_url=f"sqlite:///{copy}", checkpoint_file=None)


def test_a_whole_log_holds_and_its_root_is_the_signed_one(settings: Settings) -> None:
    log = read_log(settings)
    note = log.table.last()
    log.engine.dispose()
    assert note is not None
    found, told = checked(settings, Check.VERIFY)
    assert found.ok
    assert (str(found.facts["size"]), found.facts["root"]) == tuple(note.splitlines()[1:3])
    assert told[-1] == (found.facts["size"], found.facts["size"])
    found, _told = checked(settings, Check.RECONCILE)
    assert found.ok
    assert found.facts["parts"] > 0


def test_it_reads_a_log_on_postgresql(tmp_path: Path, postgres_server: PostgresServer) -> None:
    made = deploy(tmp_path, workers=60, database_url=postgres_server.create_database())
    with made.start():
        pass
    for check in Check:
        found, _told = checked(made.settings, check)
        assert found.ok
        assert found.facts["size"] > 0


def test_an_altered_entry_and_a_lost_private_part_are_found(settings: Settings, tmp_path: Path) -> None:
    changed = (
        "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '-proposed', '-approved') AS BLOB) "
        "WHERE entry_index = 2"
    )
    found, _told = checked(altered(settings, tmp_path, changed), Check.VERIFY)
    assert not found.ok
    assert "root-mismatch" in {one["code"] for one in found.findings}
    found, _told = checked(
        altered(settings, tmp_path, "DELETE FROM private_part WHERE entry_index = 3"), Check.RECONCILE
    )
    assert not found.ok
    assert [one["entries"] for one in found.findings if one["code"] == "part-missing"] == [[3]]


def test_a_check_that_cannot_be_done_says_nothing_about_the_log(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(CheckFailedError):
        checked(replace(settings, log_key=tmp_path / "no-such-key"), Check.VERIFY)


def test_a_cancelled_check_leaves_no_process(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    real = asyncio.create_subprocess_exec

    async def starting(*command: str, **options: object) -> asyncio.subprocess.Process:
        process = await real(*command, **options)  # type: ignore[arg-type]
        started.append(process.pid)
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", starting)

    async def work() -> None:
        running = asyncio.create_task(CheckProcess(settings).run(Check.RECONCILE, lambda _done, _total: None))
        while not started:  # noqa: ASYNC110 - the process is the event
            await asyncio.sleep(0.01)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(work())
    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)
