"""What happens to a referral when its clock runs out: it goes one level up once, then it lapses.

Invariant: each step is an entry, made in one transaction with the referral's new state; where two processes see the
same clock run out, or a decision is made in that second, one of them is on record and the others are not. A referral
that cannot take its step is told of, tried again, and keeps neither the others nor the clock from going on.
Does not: choose who is one level up; `gateway referral list --open` marks what went there.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from gateway.domain.actor import Actor
from gateway.domain.referral import KIND, Referral, ReferralState, referral_of
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import StateConflict
from gateway.service.log.staff_action import staff_submission
from gateway.service.ports import Clock, DisclosureLog
from gateway.service.referral.opening import change_of

BY_ITSELF: Final = "clock"
PERIOD: Final = 5.0
"""Seconds between two looks at the clocks; the shortest is in minutes."""


AT_ONCE: Final = 100
"""Referrals in one tick; the rest has the next."""


class DueCases(Protocol):
    async def due(self, kind: str, now: datetime, limit: int, skip: int) -> Sequence[StateRecord]:
        """At most `limit` cases whose clock has run out, the longest ago first, after `skip`. Raises
        LogUnavailableError."""


class ReferralClock:
    """The use case; run it every few seconds. `failed` is told every failure, and must show its type only."""

    def __init__(self, cases: DueCases, log: DisclosureLog, clock: Clock, failed: Callable[[Exception], None]) -> None:
        self._cases = cases
        self._log = log
        self._clock = clock
        self._failed = failed
        self._stuck = 0

    async def run(self, period: float = PERIOD) -> None:
        """Tick until cancelled; a failure is told and tried again."""
        while True:
            await asyncio.sleep(period)
            try:
                await self.tick()
            except Exception as error:  # noqa: BLE001 - the boundary of a task that nobody waits for
                self._failed(error)

    async def tick(self) -> int:
        """Escalate and lapse what is due; how many steps were taken. Raises LogUnavailableError."""
        now = self._clock.now()
        due = await self._cases.due(KIND, now, AT_ONCE, self._stuck)
        taken = failures = 0
        for case in due:
            try:
                taken += await self._step(referral_of(case), now)
            except Exception as error:  # noqa: BLE001 - one case, whatever is wrong with it, keeps no other waiting
                self._failed(error)
                failures += 1
        # What failed stays due: the next tick looks behind it, and from the first again once it has seen the last.
        self._stuck = self._stuck + failures if len(due) == AT_ONCE else 0
        return taken

    async def _step(self, referral: Referral, now: datetime) -> bool:
        """One step of a referral; False where somebody was faster."""
        if now >= referral.decide_by:
            moved, action = referral.moved(ReferralState.LAPSED), "referral-lapsed"
        else:
            moved, action = replace(referral, escalated=True), "referral-escalated"
        submission = staff_submission(
            action=action,
            actor=Actor.gateway(referral.custodian, BY_ITSELF),
            now=now,
            details={"referral": referral.id},
            refers_to=referral.opened_index,
            changes=(change_of(moved),),
        )
        return not isinstance(await self._log.commit(submission), StateConflict)
