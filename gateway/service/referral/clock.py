"""What happens to a referral when its clock runs out: it goes one level up once, then it lapses.

Invariant: each step is an entry, made in one transaction with the referral's new state; where two processes see the
same clock run out, or a decision is made in that second, one of them is on record and the others are not.
Does not: choose who is one level up; `gateway referral list --escalated` shows it to them.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from gateway.domain.disclosure import CaseChanged, CommitOutcome, Submission
from gateway.domain.errors import DependencyError
from gateway.domain.referral import Referral, ReferralState
from gateway.service.ports import Clock
from gateway.service.referral.opening import change_of
from gateway.service.staff_action import staff_submission

BY_ITSELF: Final = "clock"
PERIOD: Final = 5.0
"""Seconds between two looks at the clocks; the shortest is in minutes."""


class DueReferrals(Protocol):
    async def due(self, now: datetime) -> Sequence[Referral]:
        """Open referrals whose clock has run out. Raises LogUnavailableError."""


class ClockLog(Protocol):
    async def commit(self, submission: Submission) -> CommitOutcome: ...


class ReferralClock:
    """The use case; run it every few seconds."""

    def __init__(self, referrals: DueReferrals, log: ClockLog, clock: Clock) -> None:
        self._referrals = referrals
        self._log = log
        self._clock = clock

    async def run(self, failed: Callable[[DependencyError], None]) -> None:
        """Tick until cancelled; a failure is told and tried again."""
        while True:
            await asyncio.sleep(PERIOD)
            try:
                await self.tick()
            except DependencyError as error:
                failed(error)

    async def tick(self) -> int:
        """Escalate and lapse what is due; how many steps were taken. Raises LogUnavailableError."""
        now = self._clock.now()
        taken = 0
        for referral in await self._referrals.due(now):
            if now >= referral.decide_by:
                moved, action = referral.moved(ReferralState.LAPSED), "referral-lapsed"
            else:
                moved, action = replace(referral, escalated=True), "referral-escalated"
            submission = staff_submission(
                action=action,
                unit=referral.custodian,
                officer=BY_ITSELF,
                now=now,
                details={"referral": referral.id},
                refers_to=referral.opened_index,
                changes=(change_of(moved),),
            )
            if not isinstance(await self._log.commit(submission), CaseChanged):
                taken += 1
        return taken
