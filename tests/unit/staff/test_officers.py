"""An officer has one spelling: whoever writes it otherwise is the same person, or is told that it is no officer."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from audit.encoding import to_base64url
from gateway.bootstrap.log import staff_token
from gateway.deployment.settings import Settings
from gateway.domain.actor import Actor, Identified
from gateway.domain.officer import OfficerError, folded, written_officer
from gateway.staff.calls import CALLS
from tests.unit.referral.desk import MINUTE, desk
from tests.unit.staff.desk import staff_desk

ORDER: dict[str, Any] = {
    "at": "esdc-isb", "provisions": ["DESDA-37", "PA-8-2-m"],
    "begins": "2026-11-22T00:00:00Z", "ends": "2027-11-22T00:00:00Z",
}  # fmt: skip


async def given(actor: Actor, to: str) -> Any:
    return await CALLS["delegation.give"](staff_desk(desk()), actor, to=to, **ORDER)


def isb(officer: str) -> Actor:
    return Actor.stated("esdc-isb", officer)


@pytest.mark.parametrize("text", ["r.roy", "R.Roy ", "\uff32.\uff32oy", "\tR.ROY\n"])
def test_one_person_has_one_spelling(text: str) -> None:
    assert written_officer("officer", text) == folded(text) == "r.roy"


@pytest.mark.parametrize(
    "value", ["", " ", "r.roy\u200b", "r roy", "\u0440.roy", "r.roy;", "x" * 65, "r\u00e9mi", None, 7, ["r.roy"]]
)
def test_what_is_no_officer_is_refused_without_saying_what_it_was(value: object) -> None:
    with pytest.raises(OfficerError) as told:
        written_officer("to", value)
    assert str(told.value).startswith("to: write an officer")
    assert told.value.code == "officer-malformed"


@pytest.mark.parametrize("other", ["r.roy\u200b", "\u2060R.Roy", "R.ROY\u00a0"])
def test_the_token_of_a_text_is_that_of_its_one_spelling(other: str, tmp_path: Path) -> None:
    secret = tmp_path / "search.key"
    secret.write_text(to_base64url(b"s" * 32), "ascii")
    token = staff_token(cast(Settings, SimpleNamespace(search_key=secret)))
    assert token(other) == token("r.roy") != token("r.ray")


@pytest.mark.parametrize("identified", [one for one in Identified if one is not Identified.STATED])
def test_only_who_states_who_they_are_may_leave_it_out(identified: Identified) -> None:
    with pytest.raises(OfficerError):
        Actor("", "esdc-isb", frozenset(), identified)
    assert Actor.stated().officer == ""


def test_the_person_an_order_is_given_to_is_written_as_an_officer() -> None:
    with pytest.raises(OfficerError, match=r"^to: write an officer"):
        asyncio.run(given(isb("d.head"), "r roy"))


@pytest.mark.parametrize("head", ["d.head", "D.Head "])
def test_nobody_gives_an_order_to_themselves_in_another_spelling(head: str) -> None:
    with pytest.raises(Exception, match="to themselves"):
        asyncio.run(given(isb(head), "d.HEAD"))


def test_nobody_reviews_their_own_decision_in_another_spelling() -> None:
    made = desk()
    staff = staff_desk(made)

    async def scenario() -> None:
        await CALLS["delegation.give"](staff, isb("d.head"), to="R.Roy", **ORDER)
        number = (await made.refer()).id
        made.clock.time += MINUTE
        act = {"referral": number, "because": "b"}
        await CALLS["referral.refuse"](staff, isb("r.roy"), **act)
        with pytest.raises(Exception, match="own decision"):
            await CALLS["referral.review"](staff, isb("R.ROY "), upheld=True, **act)

    asyncio.run(scenario())
