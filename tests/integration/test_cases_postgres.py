"""Cases on a real PostgreSQL: two writers change one case, and one of them is on record."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from audit import canonical
from gateway.adapters.db.duties import DutyTable
from gateway.adapters.db.engine import open_engine
from gateway.adapters.db.schema import prepare
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.postgres_store import PostgresStore
from gateway.adapters.log.proven import ProvenState
from gateway.adapters.log.vault import Vault
from gateway.domain.actor import Actor
from gateway.domain.submission import ObligationRef, Receipt, StateChange, StateConflict, Submission
from gateway.domain.target import separate_file
from gateway.service.person.erasure import MINIMUM_FEDERAL, Erased, Erasure, TooRecent
from tests.unit.log.samples import KEYS, TIME, subject, submission
from tests.unit.log.test_cases import change, checked
from tests.unit.log.world import SetClock, WholeRows


@pytest.fixture
def log_url(postgres_url: str) -> str:
    engine = open_engine(postgres_url)
    prepare(engine)
    engine.dispose()
    return postgres_url


def changing(expected: int, state: str, *, done: tuple[ObligationRef, ...] = ()) -> Submission:
    change = StateChange("referral", "r-1", expected, state, canonical.encode({}), subject=subject(1))
    return replace(submission(subject(1), nonce=None), changes=(change,), done=done)


def test_two_writers_on_one_case_give_one_outcome(log_url: str) -> None:
    async def main() -> None:
        first, second = (GroupCommit(PostgresStore(log_url), Vault(KEYS), threaded=True) for _ in range(2))
        engine = open_engine(log_url)
        assert isinstance(await first.commit(changing(0, "requested")), Receipt)
        racing = [log.commit(changing(1, f"by-{n}")) for n in range(10) for log in (first, second)]
        outcomes = await asyncio.gather(*racing)
        assert sum(isinstance(one, Receipt) for one in outcomes) == 1
        assert outcomes.count(StateConflict()) == 19
        case = await StateTable(engine, Vault(KEYS), ProvenState(engine, Vault(KEYS).state_key)).find("referral", "r-1")
        assert case is not None
        assert (case.revision, case.opened_index, case.entry_index) == (2, 0, 1)
        engine.dispose()
        await asyncio.gather(first.close(), second.close())

    asyncio.run(main())


def test_cases_are_read_a_page_at_a_time_as_on_sqlite(log_url: str) -> None:
    async def main() -> None:
        log, engine = GroupCommit(PostgresStore(log_url), Vault(KEYS), threaded=True), open_engine(log_url)
        for number in range(5):
            body = canonical.encode({"officer": "A" if number < 4 else "B'; --"})
            opened = change(0, "open" if number % 2 else "done", case=f"r-{number}")
            filed = replace(submission(subject(1), nonce=None), changes=(replace(opened, body=body),))
            assert isinstance(await log.commit(filed), Receipt)
        await checked(StateTable(engine, Vault(KEYS), ProvenState(engine, Vault(KEYS).state_key)))
        engine.dispose()
        await log.close()

    asyncio.run(main())


def test_two_writers_fulfil_one_obligation_once_and_erasure_takes_the_case(log_url: str) -> None:
    async def main() -> None:
        first, second = (GroupCommit(PostgresStore(log_url), Vault(KEYS), threaded=True) for _ in range(2))
        engine = open_engine(log_url)
        assert isinstance(await first.commit(changing(0, "requested")), Receipt)
        duty = ObligationRef(0, 0)
        done = replace(submission(subject(2), nonce=None), done=(duty,))
        outcomes = await asyncio.gather(*(log.commit(done) for log in (first, second, first, second)))
        assert sum(isinstance(one, Receipt) for one in outcomes) == 1
        assert await DutyTable(engine, ProvenState(engine, Vault(KEYS).state_key)).open_among([duty]) == []
        late = submission(separate_file(subject(1)), nonce=None, when=TIME + timedelta(days=400))
        assert isinstance(await first.commit(late), Receipt)
        soon = Erasure(first, SetClock().after(days=800), WholeRows())
        kept = await soon.erase(subject(1), authority="PA-6-3", actor=Actor.stated("u", "o"), minimum=MINIMUM_FEDERAL)
        assert kept == TooRecent(TIME + timedelta(days=400)), "what was filed apart keeps both"
        erasure = Erasure(first, SetClock().after(days=1200), WholeRows())
        gone = await erasure.erase(
            subject(1), authority="PA-6-3", actor=Actor.stated("u", "o"), minimum=MINIMUM_FEDERAL
        )
        assert isinstance(gone, Erased)
        assert gone.parts == 2
        tokens = [Vault(KEYS).token(one) for one in (subject(1), separate_file(subject(1)))]
        with engine.connect() as connection:
            for table in ("subject_key", "search_token"):
                sql = f"SELECT count(*) FROM {table} WHERE token = ANY(%s)"
                assert connection.exec_driver_sql(sql, (tokens,)).scalar_one() == 0
        assert (
            await StateTable(engine, Vault(KEYS), ProvenState(engine, Vault(KEYS).state_key)).find("referral", "r-1")
            is None
        )
        engine.dispose()
        await asyncio.gather(first.close(), second.close())

    asyncio.run(main())
