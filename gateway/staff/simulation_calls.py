"""The staff calls of a simulation: that it begins, and how it ended, goes on record; a situation too.

The reading and deciding is work of minutes and of every core, so the command does it itself, beside the gateway.
Does not: simulate (`gateway.service.rulebook.simulation`).
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, Final, Protocol

from gateway.domain.actor import Actor
from gateway.service.rulebook.recorded import Period
from gateway.service.rulebook.simulation_record import Ended, SimulationError, SimulationRecord

Json = Any


class SimulationDesk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def simulations(self) -> SimulationRecord: ...


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


SIMULATION_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "simulation.begin": simulation_begin,
    "simulation.end": simulation_end,
    "simulation.situation": simulation_situation,
}


def _day(text: str | None, name: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SimulationError(f"{name}: write the day as YYYY-MM-DD, for example 2026-11-24") from None
