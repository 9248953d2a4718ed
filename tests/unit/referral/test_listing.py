"""Lists come a page at a time and say what is left; one requester has only so many referrals waiting."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from gateway.domain.actor import Actor
from gateway.domain.referral import KIND
from gateway.service.referral import opening
from gateway.service.referral.opening import Opening, TooManyOpenError
from gateway.staff.delegation_calls import delegation_list
from gateway.staff.reading import ArgumentError
from gateway.staff.referral_calls import referral_list
from tests.simulator import SimulatedCases, staff_token
from tests.unit.referral.desk import MINUTE, ROY, desk
from tests.unit.staff.desk import staff_desk

NOBODY = Actor.stated()


def test_referrals_come_a_page_at_a_time_and_what_is_left_is_said() -> None:
    made = desk()
    staff = staff_desk(made)

    async def scenario() -> None:
        numbers = [(await made.refer()).id for _ in range(5)]
        page: Any = await referral_list(staff, NOBODY, limit=2, skip=1, counted=True)
        assert [one["referral"] for one in page["referrals"]] == numbers[1:3]
        assert page["left"] == 2
        assert len(await referral_list(staff, NOBODY, limit=2)) == 2, "as before, a list"
        assert await referral_list(staff, NOBODY, custodian="esdc-legal") == []
        assert len(await referral_list(staff, NOBODY, custodian="esdc-isb")) == 5
        made.clock.time += 60 * MINUTE
        await made.ticking.tick()
        assert await referral_list(staff, NOBODY, only_open=True) == []
        assert len(await referral_list(staff, NOBODY, states=["lapsed"])) == 5
        with pytest.raises(ArgumentError, match=r"^state: one of requested"):
            await referral_list(staff, NOBODY, states=["forgotten"])

    asyncio.run(scenario())


def test_an_order_is_found_behind_many_and_the_list_of_orders_has_pages() -> None:
    made = desk()

    async def scenario() -> None:
        for _ in range(101):
            await made.order(hours=1)
        made.clock.time += timedelta(hours=2)
        order = await made.order()
        found = await made.delegations.covering(ROY, "esdc-isb", ("DESDA-37",), made.clock.time)
        assert found is not None
        assert found.id == order
        assert await made.delegations.covering(ROY, "esdc-legal", ("DESDA-37",), made.clock.time) is None
        assert await made.delegations.covering("m.cote", "esdc-isb", ("DESDA-37",), made.clock.time) is None
        page: Any = await delegation_list(staff_desk(made), NOBODY, counted=True)
        assert (len(page["delegations"]), page["left"]) == (100, 2)

    asyncio.run(scenario())


def test_a_requester_with_too_many_waiting_opens_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_OPEN", 2)
    made = desk()
    room = Opening({}, staff_token, SimulatedCases(made.world.log)).require_room

    async def scenario() -> None:
        await made.refer()
        await room("ircc-cpn")
        await made.refer()
        with pytest.raises(TooManyOpenError) as told:
            await room("ircc-cpn")
        assert told.value.code == "too-many-open-referrals"
        await room("esdc-isb")
        made.clock.time += 60 * MINUTE
        await made.ticking.tick()
        await room("ircc-cpn")
        assert {case.state for case in await SimulatedCases(made.world.log).all(KIND)} == {"lapsed"}

    asyncio.run(scenario())
