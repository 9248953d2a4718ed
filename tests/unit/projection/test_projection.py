"""The projection says of a random log what going through every entry says."""

import asyncio
import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from gateway.adapters.projection.building import Builder
from gateway.adapters.projection.reader import ProjectionReader
from gateway.service.projection.columns import ELEMENTS, PERIODS, Column
from gateway.service.projection.questions import NONE, Question
from tests.projected import LogOfEntries, as_found, counted, entries, grouped, paged, row_of

pytestmark = pytest.mark.thorough

COUNT = 700


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[LogOfEntries, ProjectionReader]]:
    url = f"sqlite:///{tmp_path_factory.mktemp('log') / 'log.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_server").create_database()
    log = LogOfEntries(url)
    log.append(list(entries(7, COUNT)))
    builder, place = log.builder()
    while builder.advance(700):
        pass
    yield log, ProjectionReader(place)
    place.dispose()
    log.engine.dispose()


def questions(log: LogOfEntries) -> Iterator[Question]:
    """Nothing asked, each column alone with each way of asking, then columns, days and institutions mixed."""
    pick = random.Random(11)
    yield Question()
    facts = log.facts()
    columns = [column for column in Column if column not in PERIODS]
    for column in columns:
        seen = sorted({value or NONE for one in facts for value in one.values[column]})
        yield Question({column: tuple(pick.sample(seen, min(2, len(seen))))})
        yield Question({column: ("never-seen",)})
        yield Question({column: (NONE,)})
        yield Question({column: (NONE, pick.choice(seen))})
    apart = [column for column in columns if column not in ELEMENTS]
    for _ in range(60):
        chosen = [*pick.sample(apart, pick.randint(0, 2)), *pick.sample(sorted(ELEMENTS), pick.randint(0, 1))]
        like = pick.choice(facts)
        where = {column: (pick.choice(like.values[column]) or NONE,) for column in chosen}
        first = date(2025, 10, 1) + timedelta(days=pick.randrange(400))
        days = pick.choice((0, 1, 6, 29, 30, 31, 60, 200))
        yield Question(
            where,
            pick.choice((None, first, first.replace(day=1))),
            pick.choice((None, first + timedelta(days=days))),
            pick.choice((None, None, "esdc", "cbsa", "nobody")),
        )


def test_a_question_is_counted_as_by_hand(built: tuple[LogOfEntries, ProjectionReader]) -> None:
    log, reader = built

    async def ask() -> None:
        for question in questions(log):
            found = await reader.count(question)
            assert (found.entries, found.records, found.up_to) == (*counted(log, question), COUNT), question

    asyncio.run(ask())


def test_groups_are_those_made_by_hand(built: tuple[LogOfEntries, ProjectionReader]) -> None:
    log, reader = built
    pick = random.Random(5)
    columns = [[column] for column in Column]
    pairs = [
        list(pair)
        for pair in itertools.permutations(Column, 2)
        if len(PERIODS.intersection(pair)) < 2 and len(ELEMENTS.intersection(pair)) < 2
    ]

    async def ask() -> None:
        asked = list(questions(log))
        for by in [*columns, *pick.sample(pairs, 50)]:
            for question in (Question(), pick.choice(asked), pick.choice(asked)):
                if any(NONE in values for values in question.where.values()):
                    continue
                if len(ELEMENTS.intersection((*question.where, *by))) > 1:
                    continue
                found = await reader.group(question, by, limit=10_000)
                assert not found.left_off
                assert as_found(found.groups) == grouped(log, question, by), (question, by)

    asyncio.run(ask())


def test_pages_show_every_entry_once_newest_first(built: tuple[LogOfEntries, ProjectionReader]) -> None:
    log, reader = built

    async def ask() -> None:
        for number, question in enumerate(questions(log)):
            shown, before = list[int](), None
            size = (1, 7, 50, 400)[number % 4]
            while True:
                page = await reader.page(question, before=before, limit=size)
                shown += [row.entry_index for row in page.rows]
                before = page.before
                if before is None or len(shown) > 12 * size:
                    break
            assert shown == paged(log, question)[: len(shown)], question
            assert before is not None or len(shown) == len(paged(log, question))

    asyncio.run(ask())


def test_a_row_says_what_the_entry_says(built: tuple[LogOfEntries, ProjectionReader]) -> None:
    log, reader = built
    rows = [row for batch in reader.rows(Question(), COUNT) for row in batch]
    assert len(rows) == COUNT
    for row, one in zip(rows, log.facts(), strict=True):
        told = row.as_json()
        organizations = [told.pop(f"{side}_organization") for side in ("requester", "recipient", "custodian")]
        assert told == row_of(one.index, one.entry)
        assert [
            one.values[column][0]
            for column in (
                Column.REQUESTER_ORGANIZATION,
                Column.RECIPIENT_ORGANIZATION,
                Column.CUSTODIAN_ORGANIZATION,
            )
        ] == organizations


def test_patterns_add_up_to_the_entries(built: tuple[LogOfEntries, ProjectionReader]) -> None:
    log, reader = built
    for question in list(questions(log))[::9]:
        found = asyncio.run(reader.patterns(question))
        assert (sum(one.entries for one in found), sum(one.records for one in found)) == counted(log, question)


def everything(reader: ProjectionReader, size: int) -> list[object]:
    """All that a projection says."""
    rows = [row.as_json() for batch in reader.rows(Question(), size) for row in batch]
    groups = [
        sorted(as_found(asyncio.run(reader.group(Question(), [column], limit=10_000)).groups).items(), key=str)
        for column in Column
    ]
    return [rows, groups]


def fresh(log: LogOfEntries) -> tuple[Builder, Engine, ProjectionReader]:
    builder, place = log.builder()
    return builder, place, ProjectionReader(place)


def test_where_it_was_stopped_makes_no_difference(tmp_path: Path) -> None:
    log = LogOfEntries.on_sqlite(tmp_path)
    log.append(list(entries(3, 900)))
    builder, _, reader = fresh(log)
    assert builder.advance(10_000) == 900
    whole = everything(reader, 900)
    builder.rebuild()
    assert builder.standing().up_to == 0
    assert asyncio.run(reader.count(Question())).entries == 0
    for step in (1, 3, 250, 17, 400, 500):
        again, _, _ = fresh(log)
        again.advance(step)
    assert everything(reader, 900) == whole
    assert builder.standing().generation == 2
