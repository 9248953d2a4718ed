"""The rulebook as it was at any time is what the state record said then, read back from the entries alone."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from gateway.domain.rulebook import AgreementStanding
from gateway.service.oversight.rulebook_history import NoRulebookThenError, RulebookHistory, RulebookNotKeptError
from tests.unit.rulebook.office import EDITOR, OTHER, REASON, Office, narrowed, play

TFW = "esdc-ircc-tfw"


def history(office: Office) -> RulebookHistory:
    return RulebookHistory(office.desk.in_force, office.world.archive)


async def changed(office: Office) -> list[tuple[datetime, dict[str, Any]]]:
    """What the record said at each hour, after a change in each."""
    stopping, said = office.desk.stopping, []

    async def suspend() -> object:
        return await stopping.suspend(EDITOR, TFW, REASON)

    async def publish() -> object:
        return await office.published(narrowed())

    async def resume() -> object:
        await stopping.resume(EDITOR, TFW)
        return await stopping.resume(OTHER, TFW)

    async def terminate() -> object:
        await stopping.terminate(EDITOR, TFW, REASON)
        return await stopping.terminate(OTHER, TFW, REASON)

    said.append((office.clock.time, (await office.state()).as_json()))
    for change in (suspend, publish, resume, terminate):
        object.__setattr__(office.clock, "time", office.clock.time + timedelta(hours=1))
        await change()
        said.append((office.clock.time, (await office.state()).as_json()))
    return said


def test_each_time_gives_what_the_record_said_then(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        said = await changed(office)
        for at, body in said:
            for moment in (at, at + timedelta(minutes=59)):
                then = await history(office).as_of(moment)
                assert then.state.as_json() == body
                assert then.step.at == at
        then = await history(office).as_of(said[-1][0])
        assert [step.action for step in then.steps] == [
            "agreement-terminated", "agreement-resumed", "rulebook-published", "agreement-suspended",
            "rulebook-in-force",
        ]  # fmt: skip
        assert [step.agreement for step in then.steps] == [TFW, TFW, TFW, TFW, None]
        assert then.state.standing(TFW) is AgreementStanding.TERMINATED
        with pytest.raises(NoRulebookThenError):
            await history(office).as_of(said[0][0] - timedelta(seconds=1))

    play(tmp_path, scenario)


def test_a_document_of_then_is_the_one_that_was_in_force_then(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        (before, _), *_others = await changed(office)
        path = "isa/esdc-ircc-tfw.yaml"
        was = (await history(office).as_of(before)).state.files[path]
        now = (await office.state()).files[path]
        assert was != now
        assert b'version: "1"' in office.desk.drafts.file(was)
        assert b'version: "2"' in office.desk.drafts.file(now)

    play(tmp_path, scenario)


def test_what_cannot_be_read_back_is_not_made_up(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        said = await changed(office)
        with office.world.engine.begin() as connection:
            connection.execute(text("DELETE FROM private_part WHERE entry_index = 1"))
        with pytest.raises(RulebookNotKeptError):
            await history(office).as_of(said[1][0])
        # What does not rest on it is told.
        assert (await history(office).as_of(said[0][0])).state.as_json() == said[0][1]
        assert (await history(office).as_of(said[-1][0])).state.as_json() == said[-1][1]

    play(tmp_path, scenario)
