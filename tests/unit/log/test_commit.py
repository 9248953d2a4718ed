"""Group commit on SQLite: outcomes, order, and what a batch leaves behind."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from audit.merkle import Frontier, leaf_hash
from gateway.adapters.db.engine import SoleWriter
from gateway.adapters.log.group_commit import PRUNE_EVERY, GroupCommit
from gateway.adapters.log.sqlite_store import SqliteStore
from gateway.adapters.log.vault import Vault
from gateway.domain.errors import ConfigurationError, LogUnavailableError
from gateway.domain.submission import KeyRepeated, NonceReplayed, NonceUse, Receipt
from tests.unit.log.samples import KEYS, new_database, part, subject, submission

Scenario = Callable[[GroupCommit], Coroutine[Any, Any, None]]


def run(database: Path, scenario: Scenario, **options: Any) -> None:
    async def main() -> None:
        log = GroupCommit(SqliteStore(database), Vault(KEYS), **options)
        try:
            await scenario(log)
        finally:
            await log.close()

    asyncio.run(main())


def rows(database: Path, sql: str) -> list[Any]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return new_database(tmp_path)


@pytest.mark.parametrize("threaded", [False, True])
def test_receipts_are_consecutive_and_match_what_is_stored(database: Path, threaded: bool) -> None:
    async def scenario(log: GroupCommit) -> None:
        for _ in range(3):
            outcomes = await asyncio.gather(*(log.commit(submission(subject(n))) for n in range(200)))
            receipts.extend(one for one in outcomes if isinstance(one, Receipt))

    receipts: list[Receipt] = []
    run(database, scenario, threaded=threaded)
    assert [one.entry_index for one in receipts] == list(range(600))
    stored = rows(database, "SELECT entry_index, leaf_hash, body FROM entry ORDER BY entry_index")
    assert stored == [(one.entry_index, one.leaf_hash, one.entry) for one in receipts]
    frontier = Frontier()
    for one in receipts:
        frontier.append(leaf_hash(one.entry))
    assert rows(database, "SELECT size, root, frontier FROM log_head") == [(600, frontier.root(), frontier.to_bytes())]
    assert rows(database, "SELECT level, tile_index FROM hash_tile") == [(0, 0), (0, 1)]
    assert rows(database, "SELECT count(*) FROM spent_nonce") == [(600,)]
    assert rows(database, "SELECT count(*) FROM obligation") == [(600,)]
    assert rows(database, "SELECT count(*) FROM subject_key") == [(200,)]


def test_a_nonce_is_spent_once_within_a_batch_and_across_batches(database: Path) -> None:
    async def scenario(log: GroupCommit) -> None:
        first = await asyncio.gather(*(log.commit(submission(nonce="same")) for _ in range(5)))
        assert [type(one) for one in first] == [Receipt] + [NonceReplayed] * 4
        again = await asyncio.gather(log.commit(submission(nonce="same")), log.commit(submission(nonce="other")))
        assert again[0] == NonceReplayed()
        assert isinstance(again[1], Receipt)
        assert again[1].entry_index == 1

    run(database, scenario)
    assert rows(database, "SELECT count(*) FROM entry") == [(2,)]


def test_an_idempotency_key_leads_to_its_first_entry_and_leaves_no_trace(database: Path) -> None:
    async def scenario(log: GroupCommit) -> None:
        await log.commit(submission())
        together = await asyncio.gather(
            log.commit(submission(key="k", body=b"1")),
            log.commit(submission(key="k", body=b"1", nonce="n1")),
            log.commit(submission(key="k", body=b"2")),
        )
        assert isinstance(together[0], Receipt)
        assert together[1] == KeyRepeated(1, same_request=True)
        assert together[2] == KeyRepeated(1, same_request=False)
        later = await log.commit(submission(key="k", body=b"1", nonce="n2"))
        assert later == KeyRepeated(1, same_request=True)
        # The repeated requests spent no nonce: the redelivery that follows uses the same one.
        for nonce in ("n1", "n2"):
            assert isinstance(await log.commit(submission(nonce=nonce)), Receipt)
            assert await log.commit(submission(nonce=nonce)) == NonceReplayed()

    run(database, scenario)
    assert rows(database, "SELECT count(*) FROM entry") == [(4,)]
    assert rows(database, "SELECT count(*) FROM spent_nonce") == [(4,)]


def test_a_replay_with_a_used_idempotency_key_is_a_replay(database: Path) -> None:
    async def scenario(log: GroupCommit) -> None:
        await log.commit(submission(key="k", nonce="n"))
        assert await log.commit(submission(key="k", nonce="n")) == NonceReplayed()

    run(database, scenario)


def test_a_cancelled_request_stays_in_its_batch(database: Path) -> None:
    async def scenario(log: GroupCommit) -> None:
        gone = asyncio.create_task(log.commit(submission(nonce="gone")))
        await asyncio.sleep(0)
        gone.cancel()
        assert isinstance(await log.commit(submission()), Receipt)
        assert await log.commit(submission(nonce="gone")) == NonceReplayed()

    run(database, scenario)


def test_a_full_queue_and_a_closed_log_refuse(database: Path) -> None:
    async def main() -> None:
        log = GroupCommit(SqliteStore(database), Vault(KEYS), max_queued=3)
        results = await asyncio.gather(*(log.commit(submission()) for _ in range(5)), return_exceptions=True)
        assert [type(one) for one in results] == [Receipt] * 3 + [LogUnavailableError] * 2
        await log.close()
        with pytest.raises(LogUnavailableError, match="closed"):
            await log.commit(submission())

    asyncio.run(main())


def test_a_submission_that_does_not_fit_its_entry_fails_alone(database: Path) -> None:
    async def scenario(log: GroupCommit) -> None:
        good = submission()
        bad = type(good)(good.entry, (part(),), (), None, None)
        results = await asyncio.gather(log.commit(good), log.commit(bad), return_exceptions=True)
        assert isinstance(results[0], Receipt)
        assert isinstance(results[1], LogUnavailableError)

    run(database, scenario)


def test_a_second_process_is_refused(database: Path) -> None:
    first = SqliteStore(database)
    with pytest.raises(ConfigurationError, match="another process writes"):
        SqliteStore(database)
    first.close()
    SoleWriter(database).release()


@pytest.mark.parametrize("way", ["symbolic link", "hard link", "folder link", "lock file removed"])
def test_no_other_name_of_the_database_lets_a_second_writer_in(database: Path, tmp_path: Path, way: str) -> None:
    first = SqliteStore(database)
    other = tmp_path / "other.db"
    match way:
        case "symbolic link":
            other.symlink_to(database)
        case "hard link":
            other.hardlink_to(database)
        case "folder link":
            (tmp_path / "elsewhere").symlink_to(database.parent, target_is_directory=True)
            other = tmp_path / "elsewhere" / database.name
        case _:
            for path in database.parent.glob("*.lock"):
                path.unlink()
            other = database
    with pytest.raises(ConfigurationError, match="another process writes"):
        SqliteStore(other)
    first.close()


def test_a_clock_that_jumps_does_not_let_a_nonce_be_spent_again(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set forward, the wall clock would have every nonce pruned; set back, the requests would be in time again."""
    real = time.time

    async def scenario(log: GroupCommit) -> None:
        use = NonceUse("key-1", "nonce-1", int(real()) + 120)
        assert await log.spend(use)
        monkeypatch.setattr(time, "time", lambda: real() + 86_400)
        for number in range(2 * PRUNE_EVERY):
            await log.spend(NonceUse("key-1", f"other-{number}", int(real()) + 120))
        monkeypatch.setattr(time, "time", real)
        assert not await log.spend(use)

    run(database, scenario)


def test_batches_that_cross_many_tiles_keep_the_tiles_right(database: Path) -> None:
    async def scenario(log: GroupCommit) -> None:
        for size in (255, 1, 1, 300, 700):
            await asyncio.gather(*(log.commit(submission(nonce=None, parts=())) for _ in range(size)))

    run(database, scenario, max_batch=1_000)
    leaves = [row[0] for row in rows(database, "SELECT leaf_hash FROM entry ORDER BY entry_index")]
    tiles = rows(database, "SELECT tile_index, hashes FROM hash_tile WHERE level = 0 ORDER BY tile_index")
    assert tiles == [(at, b"".join(leaves[at * 256 : at * 256 + 256])) for at in range(1257 // 256)]


def test_nothing_personal_is_in_clear(database: Path) -> None:
    canary = "Zyrelle-Quandt"
    who = subject(4711)

    async def scenario(log: GroupCommit) -> None:
        await log.commit(submission(who, key="key-of-canary", nonce=None, parts=(part(who, note=canary),)))

    run(database, scenario)
    stored = b"".join(path.read_bytes() for path in database.parent.iterdir())
    for secret in (canary, who.value, "key-of-canary"):
        assert secret.encode() not in stored


def test_a_nonce_can_be_spent_without_an_entry_but_only_once(database: Path) -> None:
    use = NonceUse("key-a", "bodyless", 10**10)

    async def scenario(log: GroupCommit) -> None:
        first, second, third = await asyncio.gather(
            log.spend(use), log.spend(use), log.commit(submission(nonce="bodyless"))
        )
        assert (first, second) == (True, False)
        assert third == NonceReplayed()
        assert await log.spend(use) is False

    run(database, scenario)
    assert rows(database, "SELECT size, (SELECT count(*) FROM spent_nonce) FROM log_head") == [(0, 1)]


def test_expired_nonces_and_keys_are_forgotten(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_800_000_000.0]
    monkeypatch.setattr("gateway.adapters.log.group_commit.time.time", lambda: now[0])
    monkeypatch.setattr("gateway.adapters.log.group_commit.steady_seconds", lambda: now[0])
    monkeypatch.setattr("gateway.adapters.log.group_commit.PRUNE_EVERY", 1)

    async def scenario(log: GroupCommit) -> None:
        assert await log.spend(NonceUse("key-a", "old", 1_800_000_180))
        await log.commit(submission(key="old"))
        now[0] += 230
        assert await log.spend(NonceUse("key-a", "old", 1_800_000_410)) is False
        now[0] += 11 + 86_400
        assert await log.spend(NonceUse("key-a", "new", 1_800_100_000))
        assert await log.spend(NonceUse("key-a", "old", 1_800_100_000))

    run(database, scenario)
    assert rows(database, "SELECT count(*) FROM idempotency_key") == [(0,)]


def test_the_write_ahead_log_is_moved_on_while_the_writer_goes_on(database: Path) -> None:
    sizes: list[int] = []

    async def scenario(log: GroupCommit) -> None:
        for _ in range(64):
            await asyncio.gather(*(log.commit(submission(parts=())) for _ in range(128)))
            sizes.append(database.with_name(f"{database.name}-wal").stat().st_size)

    run(database, scenario)
    # Without checkpoints it would grow with every batch; with them it is begun anew and keeps its size.
    assert sizes[-1] < 3 * sizes[15]
    assert rows(database, "SELECT size FROM log_head") == [(64 * 128,)]
