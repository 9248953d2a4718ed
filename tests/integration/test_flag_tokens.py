"""What flags know of cases and officers: tokens that tell them apart and name nobody, from the private parts of a real
log, on both databases; nothing of what was erased, and no more than is kept."""

import asyncio
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from audit.note_key import SignerKey
from gateway.adapters.log.appending import open_commit
from gateway.adapters.log.assembly import OpenLog, open_log
from gateway.adapters.log.seen_requests import RequestTokens
from gateway.adapters.log.vault import VaultKeys
from tests.recorded import Judged, World, put_on_record

COUNT = 90
CASES = ("CASE-CANARY-1", "CASE-CANARY-2", None)
OFFICERS = ("officer.canary.1", "officer.canary.2", "officer.canary.3", None)
KEY = b"k" * 32


@dataclass(frozen=True, slots=True)
class Recorded:
    log: OpenLog
    judged: list[Judged]

    def tokens(self, most: int = 1_000) -> RequestTokens:
        return RequestTokens(self.log.engine, self.log.vault, KEY, most=most)


@pytest.fixture(params=["sqlite", "postgresql"])
def recorded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Recorded]:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_server").create_database()
    log = open_log(url, VaultKeys(bytes(32), {1: b"\x01" * 32}), SignerKey.generate("test.example/log"))
    world = World(12)
    judged = []
    for number in range(COUNT):
        drawn = world.draw()
        asked = dataclasses.replace(
            drawn.request, case_reference=CASES[number % 3], acting_officer=OFFICERS[number % 4]
        )
        judged.append(dataclasses.replace(drawn, request=asked))
    asyncio.run(_fill(url, log, judged))
    yield Recorded(log, judged)
    log.engine.dispose()


async def _fill(url: str, log: OpenLog, judged: list[Judged]) -> None:
    commit = open_commit(url, log)
    try:
        for one in judged:
            await put_on_record(commit, [one])
    finally:
        await commit.close()


def test_tokens_tell_cases_and_officers_apart_and_name_nobody(recorded: Recorded) -> None:
    found = asyncio.run(recorded.tokens().since(0))
    assert found.up_to == COUNT
    assert [one.entry_index for one in found.rows] == list(range(COUNT))
    for kind, names in (("case", CASES), ("officer", OFFICERS)):
        told = [getattr(one, kind) for one in found.rows]
        assert len(set(told)) == len(names)
        by_name = {names[number % len(names)]: token for number, token in enumerate(told)}
        assert told == [by_name[names[number % len(names)]] for number in range(COUNT)]
        assert by_name[None] is None
    assert {one.case for one in found.rows}.isdisjoint({one.officer for one in found.rows} - {None})
    assert "CANARY" not in repr(found).upper()
    for one, judged in zip(found.rows, recorded.judged, strict=True):
        closed = any(dict(item.attributes).get("case_open") is False for item in judged.outcome.judged)
        assert (one.closed, one.requester) == (closed, judged.request.requester)
    assert any(one.closed for one in found.rows)


def test_another_key_makes_other_tokens(recorded: Recorded) -> None:
    others = RequestTokens(recorded.log.engine, recorded.log.vault, b"o" * 32)
    mine, theirs = (asyncio.run(one.since(0)).rows[0] for one in (recorded.tokens(), others))
    assert (mine.case, mine.officer) != (theirs.case, theirs.officer)


def test_what_was_erased_is_not_remembered(recorded: Recorded) -> None:
    tokens = recorded.tokens()
    assert asyncio.run(tokens.since(0)).rows[0].case is not None
    with recorded.log.engine.begin() as connection:
        connection.execute(text("DELETE FROM private_part WHERE entry_index = 0"))
        connection.execute(text("UPDATE log_head SET key_epoch = key_epoch + 1"))
    after = asyncio.run(tokens.since(0))
    assert (after.rows[0].case, after.rows[0].officer, after.rows[0].closed) == (None, None, False)
    assert after.rows[1].case is not None
    assert after.up_to == COUNT


def test_a_part_that_does_not_open_is_passed_over(recorded: Recorded) -> None:
    with recorded.log.engine.begin() as connection:
        connection.execute(
            text("UPDATE private_part SET ciphertext = :none WHERE entry_index = 3"), {"none": bytes(40)}
        )
    found = asyncio.run(recorded.tokens().since(0))
    assert (found.rows[3].case, found.rows[4].case is None) == (None, CASES[4 % 3] is None)
    assert len(found.rows) == COUNT


def test_no_more_is_kept_than_was_said(recorded: Recorded) -> None:
    tokens = recorded.tokens(most=20)
    assert [one.entry_index for one in asyncio.run(tokens.since(0)).rows] == list(range(COUNT - 20, COUNT))
    assert [one.entry_index for one in asyncio.run(tokens.since(COUNT - 5)).rows] == list(range(COUNT - 5, COUNT))
    # Asked for more again, it reads what it let go.
    assert len(asyncio.run(tokens.since(0)).rows) == 20
