"""A draft tried on the requests on record while the gateway runs: what `gateway agreements simulate` does, for a page.

Invariants: one draft is tried at a time; before a private part is opened it is on record who tries which text for which
period, and the end is on record with its counts; what was found belongs to the digest of the draft it was found for, so
that nobody takes it for another text. It runs apart from the gateway (`TrialRunner`), and nothing of it is live.
Does not: simulate (`simulate`), or word what was found (`page`).
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from gateway.domain.actor import Actor
from gateway.domain.errors import DependencyError, GatewayError
from gateway.service.ports import Clock
from gateway.service.rulebook.drafts import Drafts
from gateway.service.rulebook.errors import DraftError
from gateway.service.simulation.record import Ended, SimulationRecord
from gateway.service.simulation.recorded import Period

KEPT: Final = 20
"""Results of so many drafts are kept, the latest; they end with the process."""


class TrialState(StrEnum):
    """What becomes of a trial."""

    RUNNING = "running"
    ENDED = "ended"
    SAME = "same"
    """The draft changes nothing that a request could meet."""
    FAILED = "failed"


class TrialFailedError(DependencyError):
    """A trial could not be done, which says nothing about the draft."""

    code = "simulation-failed"


@dataclass(frozen=True, slots=True)
class Tried:
    """What was found: counts, and its pages by language (sections of lines) with the entries of each group."""

    counts: Ended
    pages: Mapping[str, Any]


Ready = Callable[[str], Awaitable[None]]
"""Called with the digest of the rulebook that is tried, before a private part is opened."""
Progress = Callable[[int, int], None]


class TrialRunner(Protocol):
    async def run(
        self, draft: str, period: Period, ready: Ready, progress: Progress, stop: asyncio.Event
    ) -> Tried | None:
        """Run it apart from this process; None where the draft changes nothing. `stop` ends it with what was found
        until then; cancelling ends it with nothing. Raises TrialFailedError."""


@dataclass(slots=True)
class Trial:
    """A trial of a draft as it was (`digest`). `begun` and `ended` are the entries that say so."""

    draft: str
    digest: str
    period: Period
    unit: str
    at: datetime
    state: TrialState = TrialState.RUNNING
    done: int = 0
    total: int = 0
    begun: int | None = None
    ended: int | None = None
    tried: Tried | None = field(default=None, repr=False)
    stop: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    task: asyncio.Task[None] | None = field(default=None, repr=False)


class DraftTrials:
    """The use case; one for a process. Belongs to one event loop."""

    def __init__(self, runner: TrialRunner, record: SimulationRecord, clock: Clock) -> None:
        self._runner = runner
        self._record = record
        self._clock = clock
        self._running: Trial | None = None
        self._last: OrderedDict[tuple[str, str], Trial] = OrderedDict()

    @property
    def running(self) -> Trial | None:
        return self._running

    def last(self, draft: str, digest: str) -> Trial | None:
        """The last trial of exactly this text in this process; one that runs counts."""
        return self._last.get((draft, digest))

    async def begin(self, drafts: Drafts, draft: str, period: Period, *, actor: Actor) -> Trial:
        """Raises DraftError where one runs or there is no such draft, LogUnavailableError."""
        found = await drafts.find(draft)
        if self._running is not None:
            raise DraftError("simulation-running")
        trial = Trial(draft, found.digest, period, actor.unit, self._clock.now())
        self._running = trial
        self._last.pop((draft, trial.digest), None)
        self._last[draft, trial.digest] = trial
        while len(self._last) > KEPT:
            self._last.popitem(last=False)
        trial.task = asyncio.create_task(self._run(trial, actor))
        await asyncio.sleep(0)
        return trial

    def stop(self) -> None:
        """End the trial that runs; what it found until then is shown. Raises DraftError where none runs."""
        if self._running is None:
            raise DraftError("no-simulation")
        self._running.stop.set()

    async def close(self) -> None:
        """End what runs, with the gateway."""
        running = self._running
        if running is not None and running.task is not None:
            running.task.cancel()
            await asyncio.gather(running.task, return_exceptions=True)

    async def _run(self, trial: Trial, actor: Actor) -> None:
        async def ready(rulebook: str) -> None:
            trial.begun = (await self._record.begin(trial.period, rulebook, actor=actor)).entry_index

        def progress(done: int, total: int) -> None:
            trial.done, trial.total = done, total

        try:
            found = await self._runner.run(trial.draft, trial.period, ready, progress, trial.stop)
            if found is None:
                trial.state = TrialState.SAME
            elif trial.begun is None:
                trial.state = TrialState.FAILED
            else:
                trial.ended = (await self._record.end(trial.begun, found.counts, actor=actor)).entry_index
                trial.tried, trial.state = found, TrialState.ENDED
        except GatewayError:
            trial.state = TrialState.FAILED
        finally:
            if trial.state is TrialState.RUNNING:
                trial.state = TrialState.FAILED
            self._running = None
