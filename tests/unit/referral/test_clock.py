"""The clock of referrals: one that cannot take its step keeps neither the others nor the clock from going on."""

import asyncio
import contextlib
from dataclasses import replace

from gateway.domain.referral import KIND, Referral, ReferralState
from gateway.service.referral.clock import AT_ONCE
from tests.unit.referral.desk import MINUTE, Desk, desk


def spoil(made: Desk, referral: Referral) -> None:
    """What an older release or a damaged database might hold."""
    cases = made.world.log.cases
    body = dict(cases[KIND, referral.id].body)
    del body["decide_by"]
    cases[KIND, referral.id] = replace(cases[KIND, referral.id], body=body)


def test_a_case_that_cannot_be_read_does_not_keep_the_others_waiting() -> None:
    made = desk()

    async def scenario() -> None:
        first, second = await made.refer(), await made.refer()
        spoil(made, first)
        made.clock.time += 60 * MINUTE
        assert await made.ticking.tick() == 1
        assert (await made.found(second.id)).state is ReferralState.LAPSED
        assert [type(error).__name__ for error in made.failures] == ["KeyError"]

    asyncio.run(scenario())


def test_a_commit_that_fails_does_not_keep_the_others_waiting_and_is_tried_again() -> None:
    made = desk()

    async def scenario() -> None:
        first, second = await made.refer(), await made.refer()
        made.clock.time += 60 * MINUTE
        made.world.log.fail_next = True
        assert await made.ticking.tick() == 1
        assert (await made.found(second.id)).state is ReferralState.LAPSED
        assert await made.ticking.tick() == 1
        assert (await made.found(first.id)).state is ReferralState.LAPSED

    asyncio.run(scenario())


def test_a_batch_of_cases_that_fail_does_not_hide_what_is_behind_them() -> None:
    made = desk()

    async def scenario() -> None:
        for _ in range(AT_ONCE):
            spoil(made, await made.refer())
        last = await made.refer()
        made.clock.time += 60 * MINUTE
        assert [await made.ticking.tick() for _ in range(2)] == [0, 1]
        assert (await made.found(last.id)).state is ReferralState.LAPSED
        assert await made.ticking.tick() == 0
        assert len(made.failures) == 2 * AT_ONCE, "and then from the first again"

    asyncio.run(scenario())


def test_the_rest_of_many_has_the_next_tick() -> None:
    made = desk()

    async def scenario() -> None:
        for _ in range(AT_ONCE + 1):
            await made.refer()
        made.clock.time += 60 * MINUTE
        assert [await made.ticking.tick() for _ in range(3)] == [AT_ONCE, 1, 0]

    asyncio.run(scenario())


def test_the_clock_goes_on_after_any_failure_and_tells_it() -> None:
    made = desk()

    class Breaks:
        looked = 0
        went_on = asyncio.Event()

        async def due(self, *_asked: object) -> list[object]:
            self.looked += 1
            if self.looked == 1:
                raise RuntimeError("the database has gone")
            if self.looked == 3:
                self.went_on.set()
            return []

    cases = Breaks()
    made.ticking._cases = cases  # type: ignore[assignment]

    async def scenario() -> None:
        task = asyncio.create_task(made.ticking.run(0))
        await cases.went_on.wait()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    asyncio.run(asyncio.wait_for(scenario(), 5))
    assert [type(error).__name__ for error in made.failures] == ["RuntimeError"]
