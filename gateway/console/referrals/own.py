"""The referrals of the actor's institution. Does not: look at one, which is an act on record."""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.console.visit import Visit


async def own_referrals(
    visit: Visit, *, only_open: bool = False, states: Sequence[str] = (), limit: int = 200
) -> list[Mapping[str, Any]]:
    """Of every unit of the institution, what lapses first before the rest; what is decided, the latest first."""
    found: list[Mapping[str, Any]] = []
    for unit in visit.room.units.of_institution(visit.actor.unit):
        told = await visit.call(
            "referral.list",
            only_open=only_open,
            states=list(states),
            custodian=unit,
            limit=limit,
            counted=True,
            titled=True,
        )
        found += told["referrals"]
    if only_open:
        return sorted(found, key=lambda one: one["decide_by"])
    return sorted(found, key=lambda one: one["decided_at"] or one["decide_by"], reverse=True)
