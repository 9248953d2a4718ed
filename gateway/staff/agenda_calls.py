"""The staff calls on duties by their clock: a page of the list, several said to be done at once, a provision of the
register. JSON in, JSON out.

Invariant: an officer sees what binds their own institution, an auditor what binds any; nothing here names a person.
Does not: open a draft (`gateway.staff.obligation_calls`).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from gateway.domain.actor import Actor, Role
from gateway.domain.submission import ObligationRef
from gateway.service.obligation.agenda import MOST_AT_ONCE, MOST_COUNTED, MOST_LISTED, SLOTS
from gateway.service.obligation.work_list import Fulfilled
from gateway.staff.authorization import UnitUnknownError
from gateway.staff.obligation_calls import refused, way
from gateway.staff.refusal import WorkRefusedError, past_day
from gateway.staff.work_desk import WorkDesk
from gateway.staff.work_rows import duty_title, provision_as_json, row_as_json

Json = Any


class Desk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def work(self) -> WorkDesk: ...

    @property
    def organizations(self) -> Mapping[str, str]: ...


async def obligation_agenda(
    desk: Desk,
    actor: Actor,
    *,
    slots: Sequence[str] = SLOTS,
    unit: str | None = None,
    institution: str | None = None,
    codes: Sequence[str] = (),
    limit: int = MOST_LISTED,
    skip: int = 0,
) -> Json:
    """Duties slot by slot, the earliest first; how many are in every slot (`most`: counted up to there); which kinds of
    duty are open."""
    work = desk.work
    units = units_of(desk, actor, unit, institution)
    wanted = [slot for slot in SLOTS if slot in slots]
    found = await work.agenda.page(wanted, units=units, codes=codes, limit=limit, skip=skip)
    now = work.clock.now()
    return {
        "counts": dict(found.counts),
        "most": MOST_COUNTED,
        "slots": {slot: [row_as_json(work, one, now) for one in rows] for slot, rows in found.work.items()},
        "kinds": {code: dict(duty_title(work, code)) for code in found.codes},
    }


async def obligation_done_each(
    desk: Desk,
    actor: Actor,
    *,
    duties: Sequence[Mapping[str, int]],
    how: str | None = None,
    sent_on: str | None = None,
    note: str | None = None,
) -> Json:
    """Say of several duties that they are fulfilled, each by an entry of its own; what became of each."""
    if not 0 < len(duties) <= MOST_AT_ONCE:
        raise WorkRefusedError("argument-malformed", f"duties: name 1 to {MOST_AT_ONCE}")
    work = desk.work
    outcomes = await work.agenda.done_each(
        [ObligationRef(one["entry"], one["position"]) for one in duties],
        actor=actor,
        how=way(how),
        sent_on=past_day(sent_on, "--sent-on", work.clock.now()) if sent_on else None,
        note=note,
    )
    return [
        {
            "entry": duty.entry_index,
            "position": duty.position,
            "entry_index": outcome.receipt.entry_index if isinstance(outcome, Fulfilled) else None,
            "refused": None
            if isinstance(outcome, Fulfilled)
            else {"code": refused(outcome).code, "reason": outcome.reason},
        }
        for duty, outcome in outcomes
    ]


async def provision_show(desk: Desk, actor: Actor, *, provision: str) -> Json:
    """A provision as the register has it."""
    row = desk.work.provisions.get(provision)
    if row is None:
        raise WorkRefusedError("unknown", "the register has no such provision")
    return dict(provision_as_json(provision, row))


AGENDA_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "obligation.agenda": obligation_agenda,
    "obligation.done-each": obligation_done_each,
    "provision.show": provision_show,
}


def units_of(desk: Desk, actor: Actor, unit: str | None, institution: str | None) -> Sequence[str]:
    """The units whose duties the actor asks about; none means all. Raises UnitUnknownError."""
    if Role.AUDITOR in actor.roles:
        if unit is not None:
            return [unit]
        return [name for name, of in desk.organizations.items() if of == institution] if institution else ()
    own = desk.organizations.get(actor.unit)
    if own is None:
        raise UnitUnknownError
    ours = [name for name, of in desk.organizations.items() if of == own]
    return [unit] if unit in ours else ours
