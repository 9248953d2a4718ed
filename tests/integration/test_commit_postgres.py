"""Group commit on a real PostgreSQL: the same outcomes, and two writers on one log."""

import asyncio
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from audit.merkle import Frontier, leaf_hash
from audit.verify import verify_log
from gateway.adapters.db.engine import open_engine
from gateway.adapters.db.schema import prepare as prepare_schema
from gateway.adapters.log import appending, assembly
from gateway.adapters.log.archive import EntryArchive
from gateway.adapters.log.export import export_log
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.postgres_store import PostgresStore
from gateway.adapters.log.vault import Vault
from gateway.domain.actor import Actor
from gateway.domain.errors import ConfigurationError, LogUnavailableError
from gateway.domain.submission import KeyRepeated, NonceReplayed, Receipt
from gateway.service.person.erasure import MINIMUM_FEDERAL, Erased, Erasure
from gateway.service.person.lookup import Lookup
from tests.unit.log.samples import KEYS, subject, submission
from tests.unit.log.world import LOG_KEY, SetClock, WholeRows


@pytest.fixture
def log_url(postgres_url: str) -> str:
    engine = open_engine(postgres_url)
    prepare_schema(engine)
    prepare_schema(engine)
    engine.dispose()
    return postgres_url


def ask(url: str, sql: str) -> list[Any]:
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)) as opened:
        return opened.execute(sql.encode()).fetchall()


def execute(url: str, sql: str) -> None:
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn, autocommit=True) as opened:
        opened.execute(sql.encode())


def open_log(url: str) -> GroupCommit:
    return GroupCommit(PostgresStore(url), Vault(KEYS), threaded=True)


def test_outcomes_are_those_of_sqlite(log_url: str) -> None:
    async def main() -> None:
        log = open_log(log_url)
        outcomes = await asyncio.gather(*(log.commit(submission(subject(n % 7), key=str(n))) for n in range(300)))
        assert [one.entry_index for one in outcomes if isinstance(one, Receipt)] == list(range(300))
        mixed = await asyncio.gather(
            log.commit(submission(nonce="n")),
            log.commit(submission(nonce="n")),
            log.commit(submission(key="5", body=b"body", nonce="m")),
            log.commit(submission(key="5", body=b"other")),
        )
        assert isinstance(mixed[0], Receipt)
        assert mixed[1] == NonceReplayed()
        assert mixed[2] == KeyRepeated(5, same_request=True)
        assert mixed[3] == KeyRepeated(5, same_request=False)
        assert isinstance(await log.commit(submission(nonce="m")), Receipt)
        await log.close()

    asyncio.run(main())
    assert ask(log_url, "SELECT count(*), max(entry_index) FROM entry") == [(302, 301)]
    assert ask(log_url, "SELECT count(*) FROM spent_nonce") == [(302,)]
    assert ask(log_url, "SELECT count(*) FROM subject_key") == [(8,)]
    assert ask(log_url, "SELECT level, tile_index, length(hashes) FROM hash_tile") == [(0, 0, 8192)]


def test_two_writers_share_one_log_without_gap_or_double(log_url: str) -> None:
    async def main() -> list[Receipt]:
        first, second = open_log(log_url), open_log(log_url)

        async def append(log: GroupCommit) -> list[Receipt]:
            made = []
            for _ in range(25):
                found = await asyncio.gather(*(log.commit(submission(subject(n))) for n in range(16)))
                made += [one for one in found if isinstance(one, Receipt)]
            return made

        both = await asyncio.gather(append(first), append(second))
        # The nonces are spent for every process.
        assert isinstance(await first.commit(submission(nonce="shared")), Receipt)
        assert await second.commit(submission(nonce="shared")) == NonceReplayed()
        await first.close()
        await second.close()
        return both[0] + both[1]

    receipts = sorted(asyncio.run(main()), key=lambda one: one.entry_index)
    assert [one.entry_index for one in receipts] == list(range(800))
    frontier = Frontier()
    for body, leaf in ask(log_url, "SELECT body, leaf_hash FROM entry ORDER BY entry_index"):
        assert leaf_hash(body) == leaf
        frontier.append(leaf)
    assert ask(log_url, "SELECT size, root FROM log_head") == [(801, frontier.root())]
    # Every subject has one key, whoever saw it first.
    assert ask(log_url, "SELECT count(*) FROM subject_key") == [(17,)]


def test_a_server_that_loses_commits_is_refused(log_url: str) -> None:
    name = make_url(log_url).database
    execute(log_url, f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    with pytest.raises(ConfigurationError, match="synchronous_commit"):
        open_engine(log_url)

    async def main() -> None:
        log = open_log(log_url)
        with pytest.raises(LogUnavailableError):
            await log.commit(submission())
        await log.close()

    asyncio.run(main())
    assert ask(log_url, "SELECT size FROM log_head") == [(0,)]


def test_a_connection_cut_by_the_server_fails_one_batch_only(log_url: str) -> None:
    async def main() -> None:
        log = open_log(log_url)
        await log.commit(submission())
        execute(
            log_url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        with pytest.raises(LogUnavailableError):
            await log.commit(submission(nonce="again"))
        later = await log.commit(submission(nonce="again"))
        assert isinstance(later, Receipt)
        assert later.entry_index == 1
        await log.close()

    asyncio.run(main())


def test_a_key_erased_by_one_process_is_not_used_by_another(log_url: str) -> None:
    engine = open_engine(log_url)
    archive = EntryArchive(engine, Vault(KEYS))

    async def main() -> None:
        first, second = open_log(log_url), open_log(log_url)
        who = subject(1)
        await first.commit(submission(who))
        await first.commit(submission(who))
        erasure = Erasure(second, SetClock().after(800), WholeRows())
        done = await erasure.erase(
            who, authority="PA-6-3", actor=Actor.stated("esdc-isb", "x"), minimum=MINIMUM_FEDERAL
        )
        assert isinstance(done, Erased)
        assert done.parts == 2
        later = await first.commit(submission(who))
        assert isinstance(later, Receipt)
        assert await archive.private_part(0) is None
        assert await archive.private_part(later.entry_index) is not None
        await first.close()
        await second.close()

    asyncio.run(main())
    engine.dispose()
    assert ask(log_url, "SELECT count(*) FROM search_token") == [(1,)]


def test_signing_export_and_the_verifier_work_on_postgres(log_url: str, tmp_path: Path) -> None:
    opened = assembly.open_log(log_url, KEYS, LOG_KEY)

    async def main() -> None:
        log = appending.open_commit(log_url, opened)
        await asyncio.gather(*(log.commit(submission(subject(n % 5))) for n in range(300)))
        proof = await opened.proofs.inclusion(299)
        assert proof.checkpoint == opened.table.last()
        found = await Lookup(opened.archive, log, SetClock()).accesses(subject(3), actor=Actor.stated("esdc-isb", "x"))
        assert len(found) == 60
        await log.close()

    asyncio.run(main())
    export_log(opened.reader, opened.checkpoints.sign(), LOG_KEY.verifier, tmp_path)
    opened.engine.dispose()
    report = verify_log(tmp_path, LOG_KEY.verifier)
    assert report.ok, report.findings
    assert report.facts["size"] == 301
