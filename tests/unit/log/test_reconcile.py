"""`gateway log reconcile`: what was done to the tables beside the log is found and named, and nothing else is."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from gateway.adapters.log.appending import open_commit
from gateway.adapters.log.assembly import OpenLog, open_log
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.reconcile.pool import Processes
from gateway.adapters.log.reconcile.run import Reconcile
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import Receipt
from gateway.service.log.completeness import FAULTS, NotCompleteError, require_whole
from gateway.service.person.accounting import NOT_COMPLETE
from gateway.service.person.erasure import MINIMUM_FEDERAL, Erased, Erasure
from tests.unit.log.samples import KEYS, TIME, subject
from tests.unit.log.whole import DAMAGES, ONE, TWO, Damage, about, write_world
from tests.unit.log.world import LOG_KEY, SetClock, WholeRows, before_account_on, reconcile_on

pytestmark = pytest.mark.thorough


@asynccontextmanager
async def log_on(url: str) -> AsyncIterator[tuple[OpenLog, GroupCommit]]:
    opened = open_log(url, KEYS, LOG_KEY)
    log = open_commit(url, opened)
    try:
        yield opened, log
    finally:
        await log.close()
        opened.engine.dispose()


Scenario = Callable[[OpenLog, GroupCommit, Mapping[str, Any]], Coroutine[Any, Any, None]]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'log.sqlite'}"
    return str(request.getfixturevalue("postgres_url"))


def play(url: str, scenario: Scenario) -> None:
    async def main() -> None:
        async with log_on(url) as (opened, log):
            await scenario(opened, log, await write_world(opened, log))

    asyncio.run(main())


def kinds(reconcile: Reconcile) -> set[str]:
    return {fault.kind for fault in reconcile.whole().faults}


def test_a_whole_log_has_nothing_at_fault_however_it_is_read(url: str) -> None:
    async def scenario(opened: OpenLog, log: GroupCommit, _before: Mapping[str, Any]) -> None:
        reconcile, told = reconcile_on(opened), list[tuple[int, int]]()
        whole = reconcile.whole(None, lambda done, total: told.append((done, total)))
        assert (whole.faults, whole.cannot_tell) == ((), ())
        with opened.engine.connect() as connection:
            parts, tokens, duties = (
                connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
                for table in ("private_part", "search_token", "obligation")
            )
        assert (whole.parts, whole.tokens, whole.duties, whole.erased) == (parts, tokens, duties, 1)
        assert min(parts, tokens, duties) > 5
        assert told[-1][0] == told[-1][1]
        assert replace(reconcile.whole(Processes(url, opened.vault, 2)), since=0) == whole
        again = reconcile.since_mark()
        assert again.since == again.size == whole.size
        assert again.ok
        assert (again.parts, again.tokens) == (whole.parts, whole.tokens)
        await log.commit(about(ONE))
        assert (reconcile.since_mark().size, reconcile.since_mark().since) == (whole.size + 1, whole.size + 1)
        assert reconcile.sample(500).ok

    play(url, scenario)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_what_was_done_to_the_tables_is_named(url: str, damage: Damage) -> None:
    async def scenario(opened: OpenLog, _log: GroupCommit, before: Mapping[str, Any]) -> None:
        reconcile = reconcile_on(opened)
        assert kinds(reconcile) == set(), "the mark is made before the damage"
        damage.do(opened.engine, before)
        assert kinds(reconcile_on(opened)) == damage.kinds
        documents = {"document-altered", "agreement-not-kept", "policy-not-kept"}
        entries = {"entry-altered", "checkpoint-differs", "checkpoint-missing"}
        seen = {fault.kind for fault in reconcile.since_mark().faults}
        # What no account rests on, or the entries of an account are held against each by itself, may not show there.
        unopened = {"part-unreadable", "part-differs", "key-missing", "key-unreadable", "part-surplus", "duties-differ"}
        unopened |= {"part-missing"} & damage.kinds if "key-missing" in damage.kinds else set()
        assert seen <= damage.kinds
        assert seen >= damage.kinds - documents - entries - unopened

    play(url, scenario)


def test_the_kinds_of_damage_cover_the_kinds_of_fault() -> None:
    covered = {kind for damage in DAMAGES for kind in damage.kinds}
    elsewhere = {"entry-missing", "entry-unreadable", "head-differs", "log-shorter", "part-differs"}
    assert covered | elsewhere == FAULTS.keys()
    assert len(DAMAGES) >= 16


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DELETE FROM entry WHERE entry_index = 1", {"entry-missing", "part-surplus", "duties-differ", "head-differs"}),
        ("UPDATE entry SET body = :b WHERE entry_index = 4", {"entry-unreadable", "entry-altered", "head-differs"}),
        ("UPDATE log_head SET root = :b", {"head-differs"}),
    ],
)
def test_entries_that_are_not_under_the_head_are_named(url: str, statement: str, expected: set[str]) -> None:
    async def scenario(opened: OpenLog, _log: GroupCommit, _before: Mapping[str, Any]) -> None:
        with opened.engine.begin() as connection:
            connection.execute(text(statement), {"b": b"\x01" * 32} if ":b" in statement else {})
        fresh = open_log(url, KEYS, LOG_KEY)
        found = kinds(reconcile_on(fresh))
        fresh.engine.dispose()
        assert found >= expected

    play(url, scenario)


def test_a_mark_put_back_or_forged_makes_nothing_whole(url: str) -> None:
    async def scenario(opened: OpenLog, log: GroupCommit, _before: Mapping[str, Any]) -> None:
        reconcile = reconcile_on(opened)
        assert reconcile.whole().ok
        with opened.engine.connect() as connection:
            old = connection.execute(text("SELECT body FROM state_snapshot WHERE id = 2")).scalar_one()
        for _again in range(3):
            await log.commit(about(TWO))
        fresh = reconcile.since_mark()
        assert (fresh.ok, fresh.since) == (True, fresh.size - 3)
        with opened.engine.begin() as connection:
            connection.execute(text("UPDATE state_snapshot SET body = :b WHERE id = 2"), {"b": old})
            connection.execute(text("DELETE FROM search_token WHERE entry_index = 0"))
        assert {fault.kind for fault in reconcile.since_mark().faults} == {"token-missing"}
        with opened.engine.begin() as connection:
            connection.execute(text("UPDATE state_snapshot SET body = :b WHERE id = 2"), {"b": b"\x00" * len(old)})
        assert {fault.kind for fault in reconcile.since_mark().faults} == {"token-missing"}
        assert reconcile.since_mark().since == 0

    play(url, scenario)


def test_rows_lost_after_the_mark_are_found_without_opening_the_rest(url: str) -> None:
    async def scenario(opened: OpenLog, log: GroupCommit, _before: Mapping[str, Any]) -> None:
        reconcile = reconcile_on(opened)
        size = reconcile.whole().size
        await log.commit(about(TWO))
        with opened.engine.begin() as connection:
            connection.execute(text("DELETE FROM private_part WHERE entry_index = :at"), {"at": size})
            connection.execute(text("DELETE FROM search_token WHERE entry_index = :at"), {"at": size})
        found = reconcile.since_mark()
        assert [(fault.kind, fault.entries) for fault in found.faults] == [("part-missing", (size,))]
        assert found.since == size
        with pytest.raises(NotCompleteError, match=rf"part-missing: 1 · .* \(entry {size}\)"):
            require_whole(await before_account_on(opened).before_account([0]), NOT_COMPLETE)

    play(url, scenario)


def test_an_erasure_explains_what_is_gone_and_makes_everything_be_opened_again(url: str) -> None:
    async def scenario(opened: OpenLog, log: GroupCommit, _before: Mapping[str, Any]) -> None:
        reconcile = reconcile_on(opened)
        assert reconcile.whole().ok
        erasure = Erasure(log, SetClock(TIME + timedelta(days=900)), WholeRows())
        gone = await erasure.erase(
            TWO, authority="PA-6-3", actor=Actor.stated("esdc-isb", "r.roy"), minimum=MINIMUM_FEDERAL
        )
        assert isinstance(gone, Erased)
        found = reconcile.since_mark()
        assert (found.faults, found.since) == ((), 0)
        assert found.erased == 1 + gone.parts
        assert reconcile.sample(500).ok, "gaps that an erasure after them explains"
        assert reconcile.since_mark().since == found.size

    play(url, scenario)


def test_people_erased_while_everything_is_read_are_neither_lost_nor_put_back(url: str) -> None:
    async def scenario(opened: OpenLog, log: GroupCommit, _before: Mapping[str, Any]) -> None:
        people = [subject(500 + number) for number in range(40)]
        for one in people:
            await log.commit(about(one))
        erasure = Erasure(log, SetClock(TIME + timedelta(days=900)), WholeRows())
        loop = asyncio.get_running_loop()
        reading = loop.run_in_executor(None, lambda: [reconcile_on(opened).whole() for _ in range(6)])
        for one in people:
            gone = await erasure.erase(
                one, authority="PA-6-3", actor=Actor.stated("esdc-isb", "r.roy"), minimum=MINIMUM_FEDERAL
            )
            assert isinstance(gone, Erased)
        assert [found.faults for found in await reading] == [()] * 6

    play(url, scenario)


def test_an_entry_of_an_account_that_was_altered_stops_the_account(url: str) -> None:
    async def scenario(opened: OpenLog, _log: GroupCommit, _before: Mapping[str, Any]) -> None:
        check = before_account_on(opened)
        require_whole(await check.before_account([0, 1]), NOT_COMPLETE)
        with opened.engine.begin() as connection:
            statement = text(
                "UPDATE entry SET body = (SELECT body FROM entry WHERE entry_index = 1) WHERE entry_index = 0"
            )
            connection.execute(statement)
        with pytest.raises(LogUnavailableError, match="not what the log signed"):
            await check.before_account([0, 1])

    play(url, scenario)


def test_parts_from_before_their_filing_was_sealed_are_read_and_said_to_be(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unfiled(commitment: bytes, part: int, _tokens: bytes) -> bytes:
        return b"isa-gateway/private-part/v1\x00" + commitment + part.to_bytes(4, "big")

    async def main() -> None:
        async with log_on(url) as (opened, log):
            monkeypatch.setattr("gateway.adapters.log.prepared.part_context", unfiled)
            receipt = await log.commit(about(ONE))
            assert isinstance(receipt, Receipt)
            assert b"canary" in (await opened.archive.private_part(receipt.entry_index) or b"")
            opened.checkpoints.sign()
            doubts = reconcile_on(opened).whole().cannot_tell
            assert [(doubt.kind, doubt.count) for doubt in doubts] == [("filing-from-before", 1)]

    asyncio.run(main())


def test_gaps_from_before_erasures_said_what_went_cannot_be_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        async with log_on(url) as (opened, log):
            monkeypatch.setattr(
                "gateway.adapters.log.group_commit.saying_what_goes", lambda prepared, _filed, _vault: prepared
            )
            await log.commit(about(ONE))
            erasure = Erasure(log, SetClock(TIME + timedelta(days=900)), WholeRows())
            await erasure.erase(
                ONE, authority="PA-6-3", actor=Actor.stated("esdc-isb", "r.roy"), minimum=MINIMUM_FEDERAL
            )
            opened.checkpoints.sign()
            doubts = reconcile_on(opened).whole().cannot_tell
            assert [(doubt.kind, doubt.count, doubt.entries) for doubt in doubts] == [("gap-from-before", 1, (0,))]

    asyncio.run(main())
