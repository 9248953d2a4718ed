"""Cases change, and obligations are fulfilled, in the transaction of their entry: all of it or nothing."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from audit import canonical
from gateway.adapters.db.duties import DutyTable
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.log.vault import Vault
from gateway.domain.actor import Actor
from gateway.domain.submission import (
    CommitOutcome,
    ObligationRef,
    Precondition,
    Receipt,
    StateChange,
    StateConflict,
    Submission,
)
from gateway.service.person.erasure import MINIMUM_FEDERAL, Erased, Erasure
from tests.unit.log.samples import KEYS, TIME, new_database, subject, submission
from tests.unit.log.world import SetClock, WholeRows, World, play


def change(expected: int, state: str = "open", *, case: str = "r-1", person: int | None = None) -> StateChange:
    body = canonical.encode({"state": state})
    filed = None if person is None else subject(person)
    return StateChange("referral", case, expected, state, body, due=TIME + timedelta(minutes=5), subject=filed)


def changing(*changes: StateChange, done: tuple[ObligationRef, ...] = ()) -> Submission:
    return replace(submission(subject(1), nonce=None), changes=changes, done=done)


def cases(world: World) -> StateTable:
    return StateTable(world.engine, Vault(KEYS), world.proven)


def test_a_case_is_opened_and_changed_with_its_entries(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(changing(change(0)))
        await world.log.commit(changing(change(1, "released")))
        case = await cases(world).find("referral", "r-1")
        assert case is not None
        assert (case.state, case.revision, case.opened_index, case.entry_index) == ("released", 2, 0, 1)
        assert case.body == {"state": "released"}
        assert await cases(world).opened_by("referral", 0) == case
        assert await cases(world).due("referral", TIME + timedelta(minutes=5)) == [case]
        assert await cases(world).due("referral", TIME + timedelta(minutes=4)) == []
        assert await cases(world).page("consent", limit=10) == []

    play(new_database(tmp_path), scenario)


def test_cases_are_read_a_page_at_a_time_by_state_and_by_a_member_of_the_body(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        for number in range(5):
            opened = change(0, "open" if number % 2 else "done", case=f"r-{number}")
            body = canonical.encode({"officer": "A" if number < 4 else "B'; --"})
            await world.log.commit(changing(replace(opened, body=body)))
        await checked(cases(world))

    play(new_database(tmp_path), scenario)


async def checked(table: StateTable) -> None:
    """The same on both databases."""

    async def names(**asked: Any) -> list[str]:
        return [case.id for case in await table.page("referral", **asked)]

    assert await names(limit=2, skip=2) == ["r-2", "r-3"]
    assert await names(states=["done"], limit=2) == ["r-0", "r-2"]
    assert await names(states=["done", "open"], members={"officer": "B'; --"}, limit=9) == ["r-4"]
    assert await names(members={"officer": "nobody"}, limit=9) == []
    assert await table.count("referral") == 5
    assert await table.count("referral", states=["done"], members={"officer": "A"}) == 2
    assert await table.count("consent") == 0
    late = TIME + timedelta(days=1)
    assert [case.id for case in await table.due("referral", late, 2, 3)] == ["r-3", "r-4"]
    with pytest.raises(ValueError, match="lower-case"):
        await table.count("referral", members={"a' OR 1": "x"})


@pytest.mark.parametrize("expected", [0, 2])
def test_a_change_of_another_revision_leaves_no_trace(tmp_path: Path, expected: int) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(changing(change(0)))
        stale = replace(changing(change(expected, "refused")), nonce=submission(subject(1)).nonce)
        assert await world.log.commit(stale) == StateConflict()
        assert world.reader.head()[0] == 1
        found = await cases(world).find("referral", "r-1")
        assert found is not None
        assert found.state == "open"
        assert stale.nonce is not None
        assert await world.log.spend(stale.nonce), "its nonce is not spent either"

    play(new_database(tmp_path), scenario)


@pytest.mark.parametrize(("revision", "written"), [(1, True), (0, False), (2, False)])
def test_what_rests_on_a_case_is_written_only_while_the_case_stands(
    tmp_path: Path, revision: int, written: bool
) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(changing(change(0)))
        resting = replace(submission(subject(1)), preconditions=(Precondition("referral", "r-1", revision),))
        outcome = await world.log.commit(resting)
        assert isinstance(outcome, Receipt) if written else outcome == StateConflict()
        assert world.reader.head()[0] == (2 if written else 1)
        unchanged = await cases(world).find("referral", "r-1")
        assert unchanged is not None
        assert unchanged.revision == 1

    play(new_database(tmp_path), scenario)


def test_of_a_batch_what_rests_on_a_case_that_changed_before_it_is_not_written(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(changing(change(0)))
        resting = replace(submission(subject(1)), preconditions=(Precondition("referral", "r-1", 1),))
        outcomes = await asyncio.gather(world.log.commit(changing(change(1, "withdrawn"))), world.log.commit(resting))
        assert isinstance(outcomes[0], Receipt)
        assert outcomes[1] == StateConflict()

    play(new_database(tmp_path), scenario)


def test_of_many_that_change_one_case_at_once_one_is_on_record(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(changing(change(0)))
        outcomes: list[CommitOutcome] = await asyncio.gather(
            *(world.log.commit(changing(change(1, f"by-{number}"))) for number in range(20))
        )
        assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 1
        assert outcomes.count(StateConflict()) == 19
        assert world.reader.head()[0] == 2

    play(new_database(tmp_path), scenario)


def test_two_changes_of_one_case_in_one_batch_follow_each_other(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        outcomes = await asyncio.gather(
            world.log.commit(changing(change(0))), world.log.commit(changing(change(1, "released")))
        )
        assert [type(outcome) for outcome in outcomes] == [Receipt, Receipt]
        found = await cases(world).find("referral", "r-1")
        assert found is not None
        assert (found.state, found.revision, found.opened_index, found.entry_index) == ("released", 2, 0, 1)

    play(new_database(tmp_path), scenario)


def test_one_stale_change_of_several_stops_them_all(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(changing(change(0)))
        assert await world.log.commit(changing(change(0, case="r-2"), change(0))) == StateConflict()
        assert await cases(world).find("referral", "r-2") is None

    play(new_database(tmp_path), scenario)


def test_an_obligation_is_fulfilled_once(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(submission(subject(1)))
        duty = ObligationRef(0, 0)
        assert await DutyTable(world.engine, world.proven).open_among([duty]) == [duty]
        outcomes = await asyncio.gather(*(world.log.commit(changing(done=(duty,))) for _ in range(5)))
        assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 1
        assert await DutyTable(world.engine, world.proven).open_among([duty]) == []
        assert await world.log.commit(changing(done=(ObligationRef(0, 9),))) == StateConflict(), "there is none"

    play(new_database(tmp_path), scenario)


def test_erasing_a_person_erases_the_cases_filed_under_them(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        await world.log.commit(changing(change(0, case="c-1", person=1), change(0, case="c-2", person=2)))
        mine = await cases(world).find("referral", "c-1")
        assert mine is not None
        assert cases(world).concerns(mine, subject(1))
        assert not cases(world).concerns(mine, subject(2))
        erasure = Erasure(world.log, SetClock().after(days=800), WholeRows())
        erased = await erasure.erase(
            subject(1), authority="PA-6-3", actor=Actor.stated("esdc-isb", "o"), minimum=MINIMUM_FEDERAL
        )
        assert isinstance(erased, Erased)
        assert await cases(world).find("referral", "c-1") is None
        assert await cases(world).find("referral", "c-2") is not None

    play(new_database(tmp_path), scenario)


def test_a_database_of_the_first_schema_gets_the_cases(tmp_path: Path) -> None:
    from gateway.adapters.db.engine import open_engine
    from gateway.adapters.db.schema import VERSION, prepare

    path = new_database(tmp_path)
    engine = open_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE case_record"))
        connection.execute(text("DROP TABLE state_snapshot"))
        connection.execute(text("ALTER TABLE partner_key DROP COLUMN revision"))
        connection.execute(text("CREATE TABLE subject_hold (token BLOB, code TEXT, placed_at BIGINT)"))
        connection.execute(text("UPDATE schema_version SET version = 1"))
    prepare(engine)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT version FROM schema_version")).scalar_one() == VERSION
        assert connection.execute(text("SELECT count(*) FROM case_record")).scalar_one() == 0
        assert connection.execute(text("SELECT revision FROM partner_key")).all() == []
    engine.dispose()


def test_a_hold_from_before_holds_were_cases_is_not_thrown_away(tmp_path: Path) -> None:
    from gateway.adapters.db.engine import open_engine
    from gateway.adapters.db.schema import prepare
    from gateway.domain.errors import ConfigurationError

    path = new_database(tmp_path)
    engine = open_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE subject_hold (token BLOB, code TEXT, placed_at BIGINT)"))
        connection.execute(text("INSERT INTO subject_hold VALUES (x'00', 'litigation', 1)"))
        connection.execute(text("UPDATE schema_version SET version = 3"))
    with pytest.raises(ConfigurationError, match="gateway hold place"):
        prepare(engine)
    engine.dispose()
