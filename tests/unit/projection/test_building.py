"""The projection is built once and whole, whoever builds it, wherever that stops, and whatever the log holds."""

import asyncio
import dataclasses
import multiprocessing
import os
import random
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from audit.encoding import to_base64url
from gateway.adapters.projection.building import Builder
from gateway.adapters.projection.folding import Splitter, pattern_bytes, pattern_from, pattern_of
from gateway.adapters.projection.following import follow
from gateway.adapters.projection.reader import ProjectionReader
from gateway.adapters.projection.tables import VERSION, file_beside
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import Question
from gateway.service.projection.reading import ProjectionError
from tests.postgres import PostgresServer
from tests.projected import LogOfEntries, as_found, counted, entries, grouped, row_of

pytestmark = pytest.mark.thorough

BY = [Column.ELEMENT, Column.MONTH]


def build(log: LogOfEntries, step: int = 500) -> tuple[Builder, Engine, ProjectionReader]:
    builder, place = log.builder()
    while builder.advance(step):
        pass
    return builder, place, ProjectionReader(place)


def as_by_hand(log: LogOfEntries, reader: ProjectionReader) -> None:
    """The projection says what going through the log says."""
    found = asyncio.run(reader.count(Question()))
    assert (found.entries, found.records) == counted(log, Question())
    assert as_found(asyncio.run(reader.group(Question(), BY, limit=10_000)).groups) == grouped(log, Question(), BY)
    shown = [row for batch in reader.rows(Question(), len(log.kept)) for row in batch]
    assert [row.entry_index for row in shown] == [one.index for one in log.facts()]
    for row, one in zip(shown, log.facts(), strict=True):
        told, wanted = row.as_json(), row_of(one.index, one.entry)
        assert {name: told[name] for name in wanted} == wanted


def _builds(url: str, step: int, rebuilds: bool) -> None:
    builder, _ = LogOfEntries(url).builder()
    pick = random.Random(step)
    while not builder.standing().whole:
        builder.advance(step)
        if rebuilds and pick.random() < 0.02:
            builder.rebuild()
            rebuilds = False


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_two_processes_that_build_count_every_entry_once(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    if engine == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.create_database()
    log = LogOfEntries(url)
    log.append(list(entries(1, 2_000)))
    log.engine.dispose()
    context = multiprocessing.get_context("spawn")
    racing = [context.Process(target=_builds, args=(url, step, step == 30)) for step in (30, 41, 57)]
    for process in racing:
        process.start()
    for process in racing:
        process.join(120)
        assert process.exitcode == 0
    _, place, reader = build(log)
    as_by_hand(log, reader)
    place.dispose()
    log.engine.dispose()


def test_a_builder_that_is_killed_leaves_nothing_half_done(tmp_path: Path) -> None:
    log = LogOfEntries.on_sqlite(tmp_path)
    log.append(list(entries(2, 3_000)))
    context = multiprocessing.get_context("spawn")
    for _ in range(3):
        process = context.Process(target=_builds, args=(log.url, 7, False))
        process.start()
        builder, place = log.builder()
        begun, deadline = builder.standing().up_to, time.monotonic() + 60
        while builder.standing().up_to < begun + 200 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        place.dispose()
        assert begun < builder.standing().up_to < 3_000
    _, _, reader = build(log)
    as_by_hand(log, reader)


def test_entries_that_cannot_be_read_are_counted_and_passed_over(tmp_path: Path) -> None:
    log = LogOfEntries.on_sqlite(tmp_path)
    whole = list(entries(3, 300))
    broken = [
        b"", b"{}", b"\x00\xff", whole[4].to_bytes() + b"\n", whole[5].to_bytes().replace(b"Z", b"z"),
        whole[6].to_bytes().replace(b'"kind":"', b'"kind":"x'), b"\n\n", whole[7].to_bytes()[:-1],
    ]  # fmt: skip
    log.append([*whole[:100], *broken[:4], *whole[100:200], *broken[4:], *whole[200:]])
    with log.engine.begin() as connection:
        connection.execute(text("DELETE FROM entry WHERE entry_index = 250"))
    log.kept[250] = None
    builder, _, reader = build(log, 64)
    assert builder.standing().unreadable == len(broken) + 1
    assert builder.standing().whole
    as_by_hand(log, reader)


def test_a_log_that_went_on_is_followed(tmp_path: Path) -> None:
    log = LogOfEntries.on_sqlite(tmp_path)
    more = list(entries(4, 500))
    log.append(more[:300])
    builder, _, reader = build(log)
    log.append(more[300:])
    standing = builder.standing()
    assert (standing.up_to, standing.size, standing.whole) == (300, 500, False)
    assert standing.lag_seconds > 0
    assert asyncio.run(reader.count(Question())).up_to == 300
    builder.advance(1_000)
    assert builder.standing().lag_seconds == 0
    as_by_hand(log, reader)


@pytest.mark.parametrize("longer", [False, True])
def test_another_log_in_its_place_begins_anew(tmp_path: Path, longer: bool) -> None:
    """A backup that was restored is shorter than what was read; by the time it is looked at it may be longer."""
    log = LogOfEntries.on_sqlite(tmp_path)
    log.append(list(entries(5, 400)))
    builder, _, reader = build(log)
    before = builder.standing().generation
    log.cut(200)
    if longer:
        log.append(list(entries(6, 350)))
    builder.advance(10_000)
    assert builder.standing().generation == before + 1
    as_by_hand(log, reader)


def test_an_older_layout_is_made_anew_and_a_newer_one_left_alone(tmp_path: Path) -> None:
    log = LogOfEntries.on_sqlite(tmp_path)
    log.append(list(entries(8, 100)))
    _, place, _ = build(log)
    with place.begin() as connection:
        connection.execute(text("UPDATE projection_state SET version = :old"), {"old": VERSION - 1})
        connection.execute(text("DROP TABLE projection_sum"))
    builder, _, reader = build(log)
    as_by_hand(log, reader)
    assert builder.standing().generation == 2
    with place.begin() as connection:
        connection.execute(text("UPDATE projection_state SET version = :new"), {"new": VERSION + 1})
    late, _ = log.builder()
    with pytest.raises(ProjectionError, match="newer release"):
        late.advance(1)
    with place.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM projection_entry")).scalar_one() == 100


def test_a_database_from_before_there_was_a_projection_gets_one(postgres_server: PostgresServer) -> None:
    log = LogOfEntries(postgres_server.create_database())
    log.append(list(entries(9, 50)))
    _, place, reader = build(log)
    as_by_hand(log, reader)
    place.dispose()
    log.engine.dispose()


def test_a_unit_has_the_institution_of_today(tmp_path: Path) -> None:
    log = LogOfEntries.on_sqlite(tmp_path)
    log.append(list(entries(10, 200)))
    build(log)
    builder, place = log.builder({"unit-of-nobody": "somebody"})
    builder.advance(1)
    reader = ProjectionReader(place)
    found = asyncio.run(reader.count(Question({Column.REQUESTER_ORGANIZATION: ("somebody",)})))
    assert found.entries == sum(one.entry.requester == "unit-of-nobody" for one in log.facts()) > 0
    # A unit that left the register keeps the institution it had.
    assert asyncio.run(reader.count(Question({Column.REQUESTER_ORGANIZATION: ("cbsa",)}))).entries > 0


def test_entries_of_one_spelling_have_one_pattern_and_others_another() -> None:
    splitter, known = Splitter(), dict[bytes, bytes]()
    at = datetime(2026, 3, 8, 6, 59, 59, 999_000, tzinfo=UTC)
    for one in entries(12, 1_500, at):
        split = splitter.split(one.to_bytes())
        assert split is not None
        assert (split.records, split.refers_to) == (one.records, one.refers_to)
        body = pattern_bytes(pattern_of(one))
        assert known.setdefault(split.spelling, body) == body
        assert pattern_from(body) == pattern_of(one)
        again = dataclasses.replace(one, request_digest=to_base64url(os.urandom(32)), private=())
        assert splitter.split(again.to_bytes()).spelling == split.spelling  # type: ignore[union-attr]
    assert len(set(known.values())) > 300


def test_a_failure_is_told_once_and_the_follower_goes_on(tmp_path: Path) -> None:
    log = LogOfEntries.on_sqlite(tmp_path)
    log.append(list(entries(13, 20)))
    builder, place = log.builder()
    told: list[ProjectionError] = []

    async def run() -> None:
        task = asyncio.create_task(follow(builder, told.append))
        for _ in range(600):
            if builder.standing().whole:
                break
            await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    assert builder.standing().whole
    assert told == []
    place.dispose()
    file_beside(tmp_path / "log.db").write_bytes(b"no database" * 1000)
    broken, _ = log.builder()

    async def fail() -> None:
        task = asyncio.create_task(follow(broken, told.append))
        while not told:  # noqa: ASYNC110 - what is told is a list
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(asyncio.wait_for(fail(), 30))
    assert [one.code for one in told] == ["projection-unavailable"]
