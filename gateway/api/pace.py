"""When an answer leaves that must not tell whether a record exists (invariant 7): at the next whole step.

A step is counted from the moment the request had arrived whole, so that a caller cannot move it by sending slowly, and
is longer than the work takes. Then what the work took, which differs a little with what was found, does not show. Work
that takes longer than one step is answered after the next one.

An event loop's timers end on whole milliseconds after they were set, which would carry the difference on; a thread's
sleep ends at the moment it was told. Does not: know which answers these are.
"""

import asyncio
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

WAITING = 64
"""Answers that wait at once; more wait for their turn, and leave later than their step."""


class Pace:
    """`step`, `monotonic` and `sleep` are in seconds."""

    def __init__(
        self,
        step: float,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._step = step
        self._monotonic = monotonic
        self._sleep = sleep
        self._waiting = ThreadPoolExecutor(WAITING, "pace")

    async def next_step(self, arrived: float) -> int:
        """Return at the next whole step after `arrived` (monotonic seconds): the number of steps that took."""
        steps = max(1, math.ceil((self._monotonic() - arrived) / self._step))
        await asyncio.get_running_loop().run_in_executor(self._waiting, self._until, arrived + steps * self._step)
        return steps

    def _until(self, due: float) -> None:
        self._sleep(max(0.0, due - self._monotonic()))

    def close(self) -> None:
        """What waits still leaves at its step."""
        self._waiting.shutdown(wait=False)
