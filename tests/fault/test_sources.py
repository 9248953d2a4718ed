"""Sources that are slow, locked, gone or killed: one clear error, no value in it, nothing half loaded."""

import asyncio
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from gateway.adapters.sources.errors import LoadError, SourceDeclarationError
from gateway.adapters.sources.load import loader
from gateway.adapters.sources.load.lmia_list import LmiaList
from gateway.adapters.sources.load.loader import load_file
from gateway.adapters.sources.readers import ReadFailedError, SqliteReader, Statement
from gateway.adapters.sources.registry import open_sources
from gateway.adapters.sources.sql import SqlSource
from gateway.domain.errors import SourceError
from gateway.domain.target import ListQuery, SubjectIdentifier
from tests.postgres import PostgresServer, find_postgres
from tests.unit.sources import permits
from tests.unit.sources.test_lmia_list import HEADER, ROW

SUBJECT = SubjectIdentifier("permit-id", "P-001")
SLOW = permits.DECLARATION + "    timeout_ms: 100\n    concurrency: 1\n"


def docks(folder: Path) -> SqlSource:
    source = permits.open_docks(folder, SLOW).find("dock-permit")
    assert isinstance(source, SqlSource)
    return source


@pytest.mark.timeout(30)
def test_a_statement_that_passes_its_deadline_is_ended(tmp_path: Path) -> None:
    permits.write_database(tmp_path / "docks.db")
    reader = SqliteReader(str(tmp_path / "docks.db"), 0.1)
    endless = Statement(
        None,  # type: ignore[arg-type]
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        (),
    )
    for read in (reader.read, reader.read_now):
        began = time.monotonic()
        with pytest.raises(ReadFailedError, match="too slow"):
            read(endless, {})
        assert time.monotonic() - began < 2
    reader.close()


def test_a_locked_file_is_waited_for_and_then_given_up(tmp_path: Path) -> None:
    source = docks(tmp_path)
    lock = sqlite3.connect(tmp_path / "docks.db", isolation_level=None, check_same_thread=False)
    lock.execute("BEGIN EXCLUSIVE")
    with pytest.raises(SourceError, match=r"source of dock-permit: (locked|too slow)"):
        asyncio.run(source.fetch(SUBJECT, ["holder"]))

    async def unlocked_meanwhile() -> str:
        reading = asyncio.ensure_future(source.fetch(SUBJECT, ["holder"]))
        await asyncio.sleep(0.02)
        lock.execute("ROLLBACK")
        return (await reading)[0].reference

    assert asyncio.run(unlocked_meanwhile()) == "P-001"
    lock.close()
    source.close()


def test_too_many_waiting_are_refused_at_once(tmp_path: Path) -> None:
    source = docks(tmp_path)
    lock = sqlite3.connect(tmp_path / "docks.db", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")

    async def crowd() -> list[str]:
        found = await asyncio.gather(
            *(source.page(ListQuery({}, 5, None), ["holder"]) for _ in range(30)), return_exceptions=True
        )
        assert all(isinstance(error, SourceError) for error in found)
        return [str(error) for error in found]

    said = asyncio.run(crowd())
    assert sum("too many requests are waiting" in line for line in said) == 30 - 9
    lock.execute("ROLLBACK")
    lock.close()
    assert asyncio.run(source.count({})) == 30
    source.close()


def test_a_file_that_is_gone_or_garbage_is_an_error_without_its_path(tmp_path: Path) -> None:
    source = docks(tmp_path)
    (tmp_path / "docks.db").rename(tmp_path / "away.db")
    with pytest.raises(SourceError) as failed:
        asyncio.run(source.fetch(SUBJECT, ["holder"]))
    assert str(failed.value) == "source of dock-permit: cannot be read"
    (tmp_path / "docks.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(SourceError, match="cannot be read"):
        asyncio.run(source.fetch(SUBJECT, ["holder"]))
    source.close()
    with pytest.raises(SourceDeclarationError, match="the database cannot be read"):
        docks(tmp_path)


def test_a_table_that_loses_a_column_while_the_gateway_serves(tmp_path: Path) -> None:
    source = docks(tmp_path)
    with sqlite3.connect(tmp_path / "docks.db") as database:
        database.execute("ALTER TABLE permits DROP COLUMN holder")
    database.close()
    with pytest.raises(SourceError, match="cannot be read"):
        asyncio.run(source.fetch(SUBJECT, ["holder"]))
    assert asyncio.run(source.fetch(SUBJECT, ["seats"]))[0].values == {"seats": 1}
    source.close()


def rows(database: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(database) as connection:
        found = connection.execute("SELECT employer_name, approved_positions FROM open_lmia ORDER BY 1, 2").fetchall()
    connection.close()
    return found


@pytest.mark.parametrize("fails_at", [1, 2, 3, 4, 5, 6])
def test_a_load_that_fails_anywhere_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """A trigger makes the n-th row of the second load fail, or the bookkeeping after it."""
    url = make_url(f"sqlite:///{tmp_path / 'lists.db'}")
    path = tmp_path / "list_2024q3.csv"
    path.write_text(HEADER + ROW * 4)
    load_file(LmiaList(), path, url)
    before = rows(tmp_path / "lists.db")
    with sqlite3.connect(tmp_path / "lists.db") as database:
        if fails_at == 6:
            database.execute("CREATE TRIGGER stop BEFORE INSERT ON source_load BEGIN SELECT RAISE(ABORT, 'x'); END")
        else:
            database.execute(
                "CREATE TRIGGER stop BEFORE INSERT ON open_lmia WHEN NEW.approved_positions ="
                f" {fails_at * 10} BEGIN SELECT RAISE(ABORT, 'x'); END"
            )
    database.close()
    monkeypatch.setattr(loader, "ROWS_PER_INSERT", 2)
    path.write_text(HEADER + "".join(ROW.replace(",5\n", f",{n * 10}\n") for n in range(1, 6)))
    with pytest.raises(LoadError, match="nothing was changed") as failed:
        load_file(LmiaList(), path, url)
    assert "Larkmere" not in str(failed.value)
    assert rows(tmp_path / "lists.db") == before
    with sqlite3.connect(tmp_path / "lists.db") as database:
        database.execute("DROP TRIGGER stop")
    database.close()
    assert load_file(LmiaList(), path, url).replaced == 4
    assert len(rows(tmp_path / "lists.db")) == 5


def test_a_reader_sees_the_old_list_or_the_new_one_never_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = make_url(f"sqlite:///{tmp_path / 'lists.db'}")
    path = tmp_path / "list_2024q3.csv"
    path.write_text(HEADER + ROW * 300)
    load_file(LmiaList(), path, url)
    path.write_text(HEADER + ROW * 200)
    watcher = sqlite3.connect(tmp_path / "lists.db")
    seen: list[int] = []

    def look() -> None:
        seen.append(watcher.execute("SELECT count(*) FROM open_lmia").fetchone()[0])

    write = loader._write

    def watched(*arguments: Any) -> int:
        replaced = write(*arguments)
        look()
        return replaced

    monkeypatch.setattr(loader, "_write", watched)
    load_file(LmiaList(), path, url, replace_standing=True)
    look()
    watcher.close()
    assert seen == [300, 200]


def test_a_database_that_cannot_be_written_is_told_without_the_password(tmp_path: Path) -> None:
    path = tmp_path / "list_2024q3.csv"
    path.write_text(HEADER + ROW)
    for url in (f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}", "postgresql+psycopg://u:hunter2@127.0.0.1:1/x"):
        with pytest.raises(LoadError, match=r"the database refused it \(OperationalError\); nothing") as failed:
            load_file(LmiaList(), path, make_url(url))
        assert "hunter2" not in str(failed.value)


POSTGRES = """\
sources:
  - record_type: dock-permit
    kind: sql
    database: {url}
    table: permits
    key: permit_id
    timeout_ms: 1000
    columns: {{open: is_open}}
    look_ups: {{employer-name: {{columns: [company], normalise: none}}}}
"""


def test_postgresql_cannot_be_written_to_is_slow_and_is_killed(tmp_path: Path, postgres_url: str) -> None:
    del postgres_url
    binaries = find_postgres()
    assert binaries is not None
    server = PostgresServer(binaries)
    server.start()
    try:
        url = server.create_database()
        writer = create_engine(url)
        with writer.begin() as connection:
            connection.execute(
                text(
                    "CREATE TABLE permits (permit_id text PRIMARY KEY, holder text, company text, province text,"
                    " seats integer, fee numeric(10,2), is_open boolean, issued date, tags jsonb, secret text)"
                )
            )
            connection.execute(
                text(
                    "INSERT INTO permits VALUES ('P-001', 'H', 'Larkmere', 'ON', 4, 12.50, true, '2026-03-01',"
                    " '[\"a\"]', 'x')"
                )
            )
        (tmp_path / "sources.yaml").write_text(POSTGRES.format(url=url))
        registry = open_sources(tmp_path / "sources.yaml", permits.CATALOGUE, b"k")
        source = registry.find("dock-permit")
        assert isinstance(source, SqlSource)
        (record,) = asyncio.run(source.fetch(SUBJECT, list(permits.TYPES)))
        assert record.values == {
            "permit_id": "P-001",
            "holder": "H",
            "company": "Larkmere",
            "province": "ON",
            "seats": 4,
            "fee": "12.50",
            "open": True,
            "issued": "2026-03-01",
            "tags": ["a"],
            "secret": "x",
        }
        page = asyncio.run(source.page(ListQuery({"seats": "4", "open": "true"}, 5, None), ["holder"]))
        assert len(page.records) == 1
        assert asyncio.run(source.fetch(SubjectIdentifier("permit-id", "x' OR '1'='1"), ["holder"])) == ()
        engine = source._reader.engine  # type: ignore[attr-defined]
        with engine.connect() as connection, pytest.raises(Exception, match="read-only transaction"):
            connection.execute(text("DELETE FROM permits"))
        with writer.begin() as connection:
            connection.execute(text("LOCK TABLE permits IN ACCESS EXCLUSIVE MODE"))
            with pytest.raises(SourceError, match=r"source of dock-permit: (too slow|cannot be read)"):
                asyncio.run(source.fetch(SUBJECT, ["holder"]))
        writer.dispose()
        server.stop()
        with pytest.raises(SourceError, match="source of dock-permit: cannot be read"):
            asyncio.run(source.fetch(SUBJECT, ["holder"]))
        server.start()
        assert len(asyncio.run(source.fetch(SUBJECT, ["holder"]))) == 1
        registry.close()
    finally:
        server.remove()
