"""What grants counts only as far as the log bears it out: the same on a real PostgreSQL, with two writers."""

import asyncio
from dataclasses import replace

import pytest

from gateway.adapters.db.engine import open_engine
from gateway.adapters.db.schema import prepare
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.postgres_store import PostgresStore
from gateway.adapters.log.vault import Vault
from gateway.domain.actor import Actor
from gateway.domain.submission import NonceReplayed, Receipt
from gateway.httpsig.keys import SigningKey
from gateway.service.partner.partner_keys import KeyChanged, KeyChangeRefused
from gateway.service.person.erasure import MINIMUM_FEDERAL, Erased, Erasure
from tests.unit.log import tampering
from tests.unit.log.samples import KEYS, subject, submission
from tests.unit.log.tampering import ACTIVE, TAMPERINGS, Tampering, registry_on
from tests.unit.log.world import SetClock, WholeRows

ANN, BOB = (Actor.stated(officer=name) for name in ("ann", "bob"))


@pytest.fixture
def log_url(postgres_url: str) -> str:
    engine = open_engine(postgres_url)
    prepare(engine)
    engine.dispose()
    return postgres_url


@pytest.mark.parametrize("what", TAMPERINGS, ids=lambda what: what.name)
def test_a_row_that_no_entry_bears_out_grants_nothing_and_is_told(log_url: str, what: Tampering) -> None:
    async def main() -> None:
        engine = open_engine(log_url)
        log = GroupCommit(PostgresStore(log_url), Vault(KEYS), threaded=True)
        try:
            await tampering.check(tampering.desk_on(engine), log, what)
        finally:
            await log.close()
            engine.dispose()

    asyncio.run(main())


def test_keys_change_with_their_entries_and_a_revoked_one_leaves_no_disclosure(log_url: str) -> None:
    async def main() -> None:
        engine = open_engine(log_url)
        desks = [tampering.desk_on(engine) for _ in range(2)]
        logs = [GroupCommit(PostgresStore(log_url), Vault(KEYS), threaded=True, proven=desk.proven) for desk in desks]
        try:
            await tampering.put_on_record(desks[0], logs[0])
            assert desks[1].counts(ACTIVE.keyid)
            more = [SigningKey.generate().public for _ in range(4)]
            registries = [registry_on(desk, log) for desk, log in zip(desks, logs, strict=True)]
            for key in more:
                assert isinstance(await registries[0].propose(key, "ircc-network", actor=ANN), KeyChanged)
            approvals = (registries[at % 2].approve(key.keyid, actor=BOB) for at, key in enumerate(more))
            outcomes = await asyncio.gather(*approvals)
            assert sum(isinstance(one, KeyChanged) for one in outcomes) == 1, "one was active before"
            assert outcomes.count(KeyChangeRefused("too-many-active")) == 3
            signed = submission(subject(1))
            assert signed.nonce is not None
            signed = replace(signed, nonce=replace(signed.nonce, keyid=ACTIVE.keyid))
            assert isinstance(await logs[1].commit(signed), Receipt)
            assert isinstance(await registries[0].revoke(ACTIVE.keyid, actor=BOB), KeyChanged)
            assert signed.nonce is not None
            again = replace(signed, nonce=replace(signed.nonce, nonce="another-nonce-of-the-same-key"))
            assert await logs[1].commit(again) == NonceReplayed()
            assert [desk.alarms for desk in desks] == [[], []]
        finally:
            for log in logs:
                await log.close()
            engine.dispose()

    asyncio.run(main())


def test_a_case_that_was_erased_with_its_person_is_not_put_back(log_url: str) -> None:
    async def main() -> None:
        engine = open_engine(log_url)
        desk = tampering.desk_on(engine)
        log = GroupCommit(PostgresStore(log_url), Vault(KEYS), threaded=True, proven=desk.proven)
        try:
            before = await tampering.put_on_record(desk, log)
            await log.commit(submission(subject(1)))
            erasure = Erasure(log, SetClock().after(days=800), WholeRows())
            erased = await erasure.erase(
                subject(1), authority="PA-6-3", actor=Actor.stated("esdc-isb", "o"), minimum=MINIMUM_FEDERAL
            )
            assert isinstance(erased, Erased)
            tampering.inserted("case_record", "id", "c-1", "c-1")(tampering.writer(engine), before)
            for one in (desk, tampering.desk_on(engine)):
                assert await one.cases.find("consent", "c-1") is None
                assert one.alarms == ["consent"]
        finally:
            await log.close()
            engine.dispose()

    asyncio.run(main())
