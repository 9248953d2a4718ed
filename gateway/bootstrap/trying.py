"""Runs a trial of a draft in a process of its own, for the use case that staff ask for it by.

Invariant: the process opens nothing of a person before `ready` has returned. Does not: say what is tried
(`gateway.bootstrap.trial_process`), or put anything on record.
"""

import asyncio
import signal

from gateway.bootstrap.speaking_process import Speaking, speaking
from gateway.deployment.settings import Settings
from gateway.service.simulation.record import Ended
from gateway.service.simulation.recorded import Period
from gateway.service.simulation.trials import Progress, Ready, TrialFailedError, Tried


class TrialProcess:
    """The `TrialRunner` port."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def run(
        self, draft: str, period: Period, ready: Ready, progress: Progress, stop: asyncio.Event
    ) -> Tried | None:
        days = [day.isoformat() if day else "" for day in (period.since, period.until)]
        async with speaking(self._settings, "gateway.bootstrap.trial_process", draft, *days) as running:
            stopping = asyncio.create_task(_interrupt(running, stop))
            try:
                return await _followed(running, ready, progress)
            except (ValueError, KeyError, TypeError, OSError):
                raise TrialFailedError("the simulation said something that cannot be read") from None
            finally:
                stopping.cancel()


async def _followed(running: Speaking, ready: Ready, progress: Progress) -> Tried | None:
    async for told in running.lines():
        if "same" in told:
            return None
        if "rulebook" in told:
            await ready(told["rulebook"])
            await running.hear("go")
        elif "done" in told:
            progress(told["done"], told["total"])
        elif "counts" in told:
            return Tried(Ended(**told["counts"]), told["pages"])
    raise TrialFailedError("the simulation ended before its time; the draft is not concerned")


async def _interrupt(running: Speaking, stop: asyncio.Event) -> None:
    await stop.wait()
    running.interrupt(signal.SIGINT)
