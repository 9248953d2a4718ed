"""Suspending at once by one person, taking up and ending by two; reasons that a partner reads in both languages."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from gateway.domain.errors import LogUnavailableError
from gateway.domain.rulebook import AgreementStanding
from gateway.domain.submission import Receipt
from gateway.service.rulebook.errors import RulebookChangedError
from gateway.staff.calls import CALLS
from tests.unit.log.world import reconcile_on
from tests.unit.rulebook.office import EDITOR, OTHER, REASON, Office, narrowed, play, who
from tests.unit.rulebook.test_drafts import refused

TFW = "esdc-ircc-tfw"


def test_one_person_suspends_and_two_take_it_up(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        stopping = office.desk.stopping
        before = await office.state()
        await stopping.suspend(EDITOR, TFW, REASON)
        state = await office.state()
        assert (state.standing(TFW), state.revision) == (AgreementStanding.SUSPENDED, before.revision + 1)
        assert dict(state.stopped[TFW].reason) == REASON
        assert state.agreements == before.agreements
        entry = office.entries()[-1]
        assert (entry.kind, entry.agreement and entry.agreement.id) == ("suspension", TFW)
        await refused(stopping.suspend(OTHER, TFW, REASON), "stopped-already")
        assert await stopping.resume(EDITOR, TFW) is None
        assert (await office.state()).standing(TFW) is AgreementStanding.SUSPENDED
        await refused(stopping.resume(EDITOR, TFW), "second-person")
        await refused(stopping.resume(who(" E.Editor"), TFW), "second-person")
        assert isinstance(await stopping.resume(OTHER, TFW), Receipt)
        assert (await office.state()).stopped == {}
        await refused(stopping.resume(OTHER, TFW), "not-suspended")
        assert office.actions()[1:] == ["agreement-suspended", "agreement-resume-asked", "agreement-resumed"]

    play(tmp_path, scenario)


def test_what_somebody_asked_for_does_not_outlive_what_they_saw(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        stopping = office.desk.stopping
        await stopping.suspend(EDITOR, TFW, REASON)
        assert await stopping.resume(EDITOR, TFW) is None
        await office.published(narrowed())
        assert await stopping.resume(OTHER, TFW) is None, "the rulebook is another one: asked for anew"
        assert isinstance(await stopping.resume(EDITOR, TFW), Receipt)

    play(tmp_path, scenario)


def test_two_people_end_an_agreement_with_the_reason_that_the_first_gave(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        stopping = office.desk.stopping
        assert await stopping.terminate(EDITOR, TFW, REASON) is None
        await refused(stopping.terminate(EDITOR, TFW, REASON), "second-person")
        other = {"en": "Another reason.", "fr": "Un autre motif."}
        assert isinstance(await stopping.terminate(OTHER, TFW, other), Receipt)
        state = await office.state()
        assert (state.standing(TFW), dict(state.stopped[TFW].reason)) == (AgreementStanding.TERMINATED, REASON)
        for again in (
            stopping.terminate(EDITOR, TFW, REASON), stopping.suspend(EDITOR, TFW, REASON),
        ):  # fmt: skip
            await refused(again, "stopped-already")
        await refused(stopping.resume(EDITOR, TFW), "not-suspended")
        assert (await office.desk.in_force.put_on_record(state)).standing(TFW) is AgreementStanding.TERMINATED

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    "reason",
    [{}, {"en": "Why."}, {"fr": "Motif."}, {"en": "Why.", "fr": "  "}, {"en": "x" * 1001, "fr": "Motif."},
     {"en": "Why.\x00", "fr": "Motif."}],
)  # fmt: skip
def test_a_reason_is_in_both_languages_and_readable(reason: dict[str, str], tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await refused(office.desk.stopping.suspend(EDITOR, TFW, reason), "reason")
        await refused(office.desk.stopping.terminate(EDITOR, TFW, reason), "reason")
        assert office.actions() == ["rulebook-in-force"]

    play(tmp_path, scenario)


def test_what_is_not_in_force_is_not_stopped(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await refused(office.desk.stopping.suspend(EDITOR, "of-nobody", REASON), "no-such-agreement")
        await refused(office.desk.stopping.resume(EDITOR, TFW), "not-suspended")

    play(tmp_path, scenario)


def test_of_two_who_suspend_two_agreements_at_once_both_stop_in_the_end(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        stopping = office.desk.stopping
        names = [TFW, "esdc-lantern-support"]
        outcomes = await asyncio.gather(
            *(stopping.suspend(EDITOR, name, REASON) for name in names), return_exceptions=True
        )
        for name, outcome in zip(names, outcomes, strict=True):
            if isinstance(outcome, RulebookChangedError):
                await stopping.suspend(EDITOR, name, REASON)
        assert set((await office.state()).stopped) == set(names)

    play(tmp_path, scenario)


def test_a_deployment_of_files_suspends_all_the_same_and_a_start_lifts_nothing(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await office.desk.stopping.suspend(EDITOR, TFW, REASON)
        state = await office.state()
        started = await office.desk.in_force.put_on_record(
            type(state)(state.policy_revision, {**state.agreements, "of-files": state.agreements[TFW]}, state.files)
        )
        assert started.standing(TFW) is AgreementStanding.SUSPENDED
        assert "of-files" in started.agreements

    play(tmp_path, scenario, living=False)


def test_history_and_state_say_since_when_and_why(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        async def call(name: str, **arguments: object) -> Any:
            return await CALLS[name](office, EDITOR, **arguments)

        untouched = await call("agreement.history", agreement="esdc-lantern-support")
        assert (untouched["standing"], untouched["steps"]) == ("in-force", [])
        await refused(call("agreement.history", agreement="of-nobody"), "no-such-agreement")
        await office.published(narrowed())
        await call("agreement.suspend", agreement=TFW, reason_en=REASON["en"], reason_fr=REASON["fr"])
        told = await call("agreement.history", agreement=TFW)
        assert [(step["action"], step["version"]) for step in told["steps"]] == [("published", "2"), ("suspended", "2")]
        assert told["steps"][1]["reason"] == REASON
        listed = await call("agreement.list")
        (row,) = [row for row in listed["agreements"] if row["agreement"] == TFW]
        assert (row["standing"], row["reason"], row["version"]) == ("suspended", REASON, "2")
        assert row["since"] == told["steps"][1]["at"]
        # The term ends by its date, with nobody awake.
        office.clock.time = office.clock.time.replace(year=2031)
        listed = await call("agreement.list")
        assert {row["standing"] for row in listed["agreements"]} == {"expired", "suspended"}

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_record SET body = x'7b7d' WHERE kind = 'rulebook'",
        "UPDATE case_record SET revision = revision + 1 WHERE kind = 'rulebook'",
        "DELETE FROM case_record WHERE kind = 'rulebook'",
    ],
)
def test_a_row_that_was_altered_or_restored_counts_as_none_and_is_found(statement: str, tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await office.desk.stopping.suspend(EDITOR, TFW, REASON)
        with office.world.engine.begin() as connection:
            connection.execute(text(statement))
        assert await office.desk.in_force.read() is None, "fails closed"
        assert reconcile_on(office.world.opened).rows().faults
        await refused(office.desk.drafts.open(EDITOR, narrowed()), "no-rulebook")
        await refused(office.desk.stopping.resume(EDITOR, TFW), "no-rulebook")

    play(tmp_path, scenario)


def test_the_row_of_before_the_suspension_put_back_does_not_lift_it(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        before = await office.state()
        with office.world.engine.begin() as connection:
            columns = "state, due, body, token, revision, entry_index"
            kept = connection.execute(text(f"SELECT {columns} FROM case_record WHERE kind = 'rulebook'")).mappings()
            row = dict(next(iter(kept)))
        await office.desk.stopping.suspend(EDITOR, TFW, REASON)
        with office.world.engine.begin() as connection:
            sets = ", ".join(f"{name} = :{name}" for name in row)
            connection.execute(text(f"UPDATE case_record SET {sets} WHERE kind = 'rulebook'"), row)
        assert await office.desk.in_force.read() is None
        with pytest.raises(LogUnavailableError, match="gateway log reconcile"):
            await office.desk.in_force.put_on_record(before)

    play(tmp_path, scenario)
