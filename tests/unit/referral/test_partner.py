"""The partner entity concerned by a release (DESDA 37(2)): named, not named yet, or none, with the reason on record."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

import pytest

from gateway.domain.actor import Actor
from gateway.domain.decision import Decision, Obligation, Permit
from gateway.domain.ground import Ground
from gateway.service.ports import DecisionQuery
from gateway.service.referral.asked import ReferralError
from tests.unit.referral.desk import NOTIFY, ROY, Desk, desk, determined, rule

ISB: dict[str, Any] = {"actor": Actor.stated("esdc-isb", ROY)}
PARTNER = Obligation("notify-partner-entity", "esdc-isb", 0, ("DESDA-37",))


def with_partner(query: DecisionQuery) -> Decision:
    decision = rule(query)
    if isinstance(decision, Permit):
        return replace(decision, obligations=(NOTIFY, PARTNER, *decision.obligations[1:]))
    return decision


def release(made: Desk, **said: Any) -> Coroutine[Any, Any, Any]:
    async def run() -> Any:
        await made.order()
        number = (await made.refer(ground=said.pop("ground", Ground.EMERGENCY))).id
        return await made.deciding.release(number, determined("status"), because="b", **ISB, **said)

    return run()


def test_without_a_partner_no_notice_and_no_duty_and_the_reason_stays_private() -> None:
    made = desk(with_partner)
    ruled = asyncio.run(release(made, no_partner="no-partner-canary"))
    assert [notice.code for notice in ruled.notices] == ["notify-privacy-commissioner", "mail-notice"]
    submission = made.world.log.submissions[-1]
    assert [item.code for item in submission.obligations] == [
        "notify-privacy-commissioner",
        "mail-notice",
        "after-review",
    ]
    assert b"canary" not in submission.entry.to_bytes()
    kept: Any = made.last()
    assert kept["details"]["no_partner"] == "no-partner-canary"
    assert ruled.referral.ruling is not None
    assert ruled.referral.ruling.settled == (
        *(item.code for item in submission.obligations),
        "notify-partner-entity",
    ), "the duty does not come back with the disclosure"


@pytest.mark.parametrize("said", [{}, {"partner": "ircc-cpn"}])
def test_a_partner_that_is_named_or_not_yet_has_a_notice(said: dict[str, str]) -> None:
    made = desk(with_partner)
    ruled = asyncio.run(release(made, **said))
    assert "notify-partner-entity" in [notice.code for notice in ruled.notices]
    assert [facts.partner for facts in made.drafts.facts] == [said.get("partner")] * 3


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"partner": "ircc-cpn", "no_partner": "none"}, "partner-twice"),
        ({"no_partner": " "}, "reasons-missing"),
    ],
)
def test_a_partner_and_none_is_no_answer(said: dict[str, str], code: str) -> None:
    made = desk(with_partner)
    with pytest.raises(ReferralError) as told:
        asyncio.run(release(made, **said))
    assert told.value.code == code
    assert not made.drafts.facts


def test_the_notices_state_why_none_came_first_and_the_danger() -> None:
    made = desk(with_partner)
    asyncio.run(release(made, ground=Ground.PUBLIC_INTEREST, not_first="the fire is tonight"))
    assert {(facts.not_first, facts.danger, facts.before_release) for facts in made.drafts.facts} == {
        ("the fire is tonight", None, False)
    }
    made = desk(with_partner)
    asyncio.run(release(made))
    assert {(facts.not_first, facts.danger, facts.provisions) for facts in made.drafts.facts} == {
        (None, "life", ("DESDA-37",))
    }
