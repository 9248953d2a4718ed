"""The staff calls about holds: place, lift, list, show. JSON in, JSON out.

Does not: erase, or print.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol

from gateway.domain.actor import Actor
from gateway.domain.target import SubjectIdentifier
from gateway.service.person.holds import USUAL, Hold, Holds
from gateway.staff.refusal import WorkRefusedError

Json = Any


class HoldDesk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def holds(self) -> Holds: ...

    def subject(self, scheme: str, value: str) -> SubjectIdentifier:
        """An identifier in its canonical spelling. Raises IdentifierError."""


async def hold_place(desk: HoldDesk, actor: Actor, *, scheme: str, value: str, reason: str) -> Json:
    """Place a hold; its reference and the entry."""
    reference, receipt = await desk.holds.place(desk.subject(scheme, value), reason, actor=actor)
    return {"hold": reference, "entry_index": receipt.entry_index}


async def hold_lift(desk: HoldDesk, actor: Actor, *, hold: str, scheme: str, value: str) -> Json:
    """Lift a hold; the entry."""
    receipt = await desk.holds.lift(hold, desk.subject(scheme, value), actor=actor)
    return {"hold": hold, "entry_index": receipt.entry_index}


async def hold_list(
    desk: HoldDesk, actor: Actor, *, limit: int = USUAL, skip: int = 0, institution: str | None = None
) -> Json:
    """The open holds, of one institution where it is given, oldest first, and how many there are; whom they concern is
    not told."""
    found, count = await desk.holds.open(limit=limit, skip=skip, organization=institution)
    return {"holds": [_row(one) for one in found], "open": count}


async def hold_show(desk: HoldDesk, actor: Actor, *, hold: str) -> Json:
    """A hold, and whether it is open; whom it concerns is not told."""
    found = await desk.holds.find(hold)
    if found is None:
        raise WorkRefusedError("unknown", "there is no hold under this reference")
    return {**_row(found[0]), "open": found[1]}


HOLD_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "hold.place": hold_place,
    "hold.lift": hold_lift,
    "hold.list": hold_list,
    "hold.show": hold_show,
}


def _row(one: Hold) -> dict[str, Json]:
    return {"hold": one.reference, "reason": one.reason, "organization": one.organization, "placed": one.placed}
