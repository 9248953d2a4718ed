"""The staff calls about delegation orders: give, revoke, list, show. JSON in, JSON out.

Does not: decide under an order, or print.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final

from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.domain.private_record import PrivateRecord
from gateway.service.referral.delegations import Delegation
from gateway.service.referral.listing import USUAL
from gateway.staff.desk import StaffDesk
from gateway.staff.reading import moment_of
from gateway.staff.refusal import WorkRefusedError
from gateway.staff.work_rows import provision_as_json

Json = Any


async def delegation_give(
    desk: StaffDesk, actor: Actor, *, to: str, at: str, provisions: list[str], begins: str, ends: str
) -> Json:
    order, receipt = await desk.delegations.give(
        to=to,
        at=at,
        provisions=tuple(provisions),
        begins=moment_of(begins, "begins"),
        ends=moment_of(ends, "ends"),
        actor=actor,
    )
    return {"delegation": order, "entry_index": receipt.entry_index}


async def delegation_revoke(desk: StaffDesk, actor: Actor, *, delegation: str) -> Json:
    receipt = await desk.delegations.revoke(delegation, actor=actor)
    return {"delegation": delegation, "entry_index": receipt.entry_index}


async def delegation_list(
    desk: StaffDesk,
    actor: Actor,
    *,
    limit: int = USUAL,
    skip: int = 0,
    counted: bool = False,
    institution: str | None = None,
    named: bool = False,
) -> Json:
    """A page of the orders, of one institution where it is given, oldest first. With `counted`, how many come after it
    too; with `named`, who may decide under those of the actor's own institution."""
    orders, left = await desk.delegations.orders(limit, skip, institution)
    now = desk.clock.now()
    page = [
        {**_delegation(order, now), **({"officer": (await _people(desk, actor, order))["officer"]} if named else {})}
        for order in orders
    ]
    return {"delegations": page, "left": left} if counted else page


async def delegation_show(desk: StaffDesk, actor: Actor, *, delegation: str) -> Json:
    """An order, and for its own institution who may decide under it and who gave it, as its private part says."""
    order = await desk.delegations.find(delegation)
    if order is None:
        raise WorkRefusedError("unknown", "there is no delegation order under this number")
    people = await _people(desk, actor, order)
    return {**_delegation(order, desk.clock.now()), "entry_index": order.given, **people}


async def delegation_choices(desk: StaffDesk, actor: Actor) -> Json:
    """The provisions that a person decides under, as the register has them; `ours` are of a law that binds a unit of
    the actor's institution."""
    rows, own = desk.work.provisions, desk.organizations.get(actor.unit)
    units = [unit for unit in desk.work.parties.units.values() if unit.organization == own]
    regimes = {regime for unit in units for regime in unit.regimes}
    return [
        {**provision_as_json(code, rows[code]), "ours": bool(regimes.intersection(rows[code]["regimes"]))}
        for code in sorted(desk.delegations.provisions)
    ]


DELEGATION_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "delegation.give": delegation_give,
    "delegation.revoke": delegation_revoke,
    "delegation.list": delegation_list,
    "delegation.show": delegation_show,
    "delegation.choices": delegation_choices,
}


async def _people(desk: StaffDesk, actor: Actor, order: Delegation) -> dict[str, str | None]:
    """Who may decide under an order of the actor's institution, and who gave it. That an officer holds an office is
    about the office (Privacy Act 3(j)), so reading it is no look-up of a person."""
    plaintext = None
    if desk.organizations.get(actor.unit) == order.organization:
        plaintext = await desk.reading.archive.private_part(order.given)
    if plaintext is None:
        return {"officer": None, "given_by": None}
    part = PrivateRecord.opened(plaintext).body
    return {"officer": part["details"]["officer"], "given_by": part["acting_officer"]}


def _delegation(order: Delegation, now: datetime) -> dict[str, Json]:
    return {
        "delegation": order.id,
        "in_force": order.counts(now),
        "state": order.state,
        "at": order.unit,
        "provisions": list(order.provisions),
        "begins": format_time(order.begins),
        "ends": format_time(order.ends),
    }
