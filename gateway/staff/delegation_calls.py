"""The staff calls about delegation orders: give, revoke, list. JSON in, JSON out.

Does not: decide under an order, or print.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final

from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.service.referral.delegations import Delegation
from gateway.service.referral.listing import USUAL
from gateway.staff.desk import StaffDesk
from gateway.staff.reading import moment_of

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
    desk: StaffDesk, actor: Actor, *, limit: int = USUAL, skip: int = 0, counted: bool = False
) -> Json:
    """A page of the orders, oldest first. With `counted`, how many come after it too."""
    orders, left = await desk.delegations.orders(limit, skip)
    now = desk.clock.now()
    page = [_delegation(order, now) for order in orders]
    return {"delegations": page, "left": left} if counted else page


DELEGATION_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "delegation.give": delegation_give,
    "delegation.revoke": delegation_revoke,
    "delegation.list": delegation_list,
}


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
