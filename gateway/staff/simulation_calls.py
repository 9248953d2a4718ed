"""The staff calls of a simulation: that it begins, and how it ended, goes on record; a situation too.

The reading and deciding is work of minutes and of every core, so the command does it itself, beside the gateway, and
for the console the gateway lets a process do it.
Does not: simulate (`gateway.service.simulation.simulate`).
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final, Protocol

from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.service.simulation.record import Ended, SimulationError, SimulationRecord
from gateway.service.simulation.recorded import Period
from gateway.service.simulation.trials import DraftTrials, Trial
from gateway.staff.rulebook_desk import RulebookDesk

Json = Any


class SimulationDesk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def simulations(self) -> SimulationRecord: ...

    @property
    def trials(self) -> DraftTrials: ...

    @property
    def rulebook(self) -> RulebookDesk: ...


async def simulation_begin(
    desk: SimulationDesk, actor: Actor, *, draft: str, since: str | None, until: str | None
) -> Json:
    """`since` and `until` are days in Ottawa, both included; None for no bound."""
    period = Period(_day(since, "since"), _day(until, "until"))
    receipt = await desk.simulations.begin(period, draft, actor=actor)
    return {"entry_index": receipt.entry_index}


async def simulation_end(
    desk: SimulationDesk,
    actor: Actor,
    *,
    begun: int,
    read: int,
    total: int,
    requests: int,
    changed: int,
    not_decided: int,
) -> Json:
    ended = Ended(read, total, requests, changed, not_decided)
    receipt = await desk.simulations.end(begun, ended, actor=actor)
    return {"entry_index": receipt.entry_index}


async def simulation_situation(desk: SimulationDesk, actor: Actor, *, entry: int) -> Json:
    receipt = await desk.simulations.situation(entry, actor=actor)
    return {"entry_index": receipt.entry_index}


async def simulation_run(
    desk: SimulationDesk, actor: Actor, *, draft: str, since: str | None, until: str | None
) -> Json:
    """Try a draft of this deployment on the requests on record, apart from the gateway and one at a time."""
    period = Period(_day(since, "since"), _day(until, "until"))
    if period.since is not None and period.until is not None and period.until < period.since:
        raise SimulationError("until: it is before the first day")
    return _trial(await desk.trials.begin(desk.rulebook.drafts, draft, period, actor=actor))


async def simulation_show(desk: SimulationDesk, actor: Actor, *, draft: str) -> Json:
    """The last trial of a draft as it is now, in this process: how far it is, or what it found; null where none was.
    `running` is the draft that is being tried."""
    found = await desk.rulebook.drafts.find(draft)
    last, running = desk.trials.last(draft, found.digest), desk.trials.running
    return {"trial": None if last is None else _trial(last), "running": None if running is None else running.draft}


async def simulation_stop(desk: SimulationDesk, actor: Actor) -> Json:
    """End the trial that runs, with what was found until then."""
    desk.trials.stop()


SIMULATION_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "simulation.begin": simulation_begin,
    "simulation.end": simulation_end,
    "simulation.situation": simulation_situation,
    "simulation.run": simulation_run,
    "simulation.show": simulation_show,
    "simulation.stop": simulation_stop,
}


def _trial(one: Trial) -> Json:
    tried = one.tried
    return {
        "draft": one.draft,
        "digest": one.digest,
        "since": one.period.since.isoformat() if one.period.since else None,
        "until": one.period.until.isoformat() if one.period.until else None,
        "unit": one.unit,
        "at": format_time(one.at),
        "state": one.state.value,
        "done": one.done,
        "total": one.total,
        "entries": [index for index in (one.begun, one.ended) if index is not None],
        "counts": None if tried is None else asdict(tried.counts),
        "pages": None if tried is None else dict(tried.pages),
    }


def _day(text: str | None, name: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SimulationError(f"{name}: write the day as YYYY-MM-DD, for example 2026-11-24") from None
