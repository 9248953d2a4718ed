"""The staff calls about duties as work: list, show, done, the person, and a new consistent use. JSON in, JSON out.

The list by clock and several duties at once are in `gateway.staff.agenda_calls`.
A refusal is a `WorkRefusedError` with a stable code. Times are UTC; whoever shows them says which local time.
Does not: print, or make a PDF (the command does, from the texts).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.domain.submission import ObligationRef
from gateway.service.obligation.notices import notice_as_json
from gateway.service.obligation.work_list import STATES, WAYS, NotFulfilled, State
from gateway.service.person.lookup import Lookup
from gateway.staff.refusal import WorkRefusedError, known_unit, past_day
from gateway.staff.work_desk import WorkDesk
from gateway.staff.work_rows import provisions_of, row_as_json

Json = Any
MOST_LISTED: Final = 10_000

_REFUSALS: Final[Mapping[str, str]] = {
    "unknown": "there is no obligation at this place of the log",
    "done-already": "this obligation is fulfilled already",
    "not-bound": "this obligation binds another institution than that of your unit",
    "by-review-only": "a decision is reviewed by somebody else than who made it: gateway referral review",
    "held": "this notice is held ({0}): get advice first, then say why it was sent with --sent-despite-hold",
}


class Desk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def work(self) -> WorkDesk: ...

    @property
    def lookup(self) -> Lookup: ...


async def obligation_list(
    desk: Desk, actor: Actor, *, states: Sequence[State], unit: str | None = None, limit: int = 100
) -> Json:
    """What is to be done, with how many rows are in each state, shown or not."""
    work = desk.work
    if unit is not None:
        known_unit(work.parties, unit)
    known = tuple(state for state in STATES if state in states)
    listing = await work.work_list.listing(known, unit=unit, limit=max(1, min(limit, MOST_LISTED)))
    now = work.clock.now()
    return {"counts": dict(listing.counts), "obligations": [row_as_json(work, one, now) for one in listing.work]}


async def obligation_show(desk: Desk, actor: Actor, *, entry: int, position: int) -> Json:
    """The notice that a duty demands, or null where it demands none; reading one is on record first."""
    found = await desk.work.work_list.show(ObligationRef(entry, position), actor=actor)
    if isinstance(found, NotFulfilled):
        raise refused(found)
    return None if found is None else dict(notice_as_json(found))


async def obligation_done(
    desk: Desk,
    actor: Actor,
    *,
    entry: int,
    position: int,
    note: str | None = None,
    despite_hold: str | None = None,
    how: str | None = None,
    sent_on: str | None = None,
) -> Json:
    """Say that a duty is fulfilled, or a notice sent: how, a code of `WAYS`, and on which day."""
    done = await desk.work.work_list.done(
        ObligationRef(entry, position),
        actor=actor,
        note=note,
        despite_hold=despite_hold,
        how=way(how),
        sent_on=past_day(sent_on, "--sent-on", desk.work.clock.now()) if sent_on else None,
    )
    if isinstance(done, NotFulfilled):
        raise refused(done)
    return {"entry_index": done.receipt.entry_index}


async def obligation_facts(desk: Desk, actor: Actor, *, entry: int, position: int) -> Json:
    """What a duty asks, of whom, by when and under which provisions, in words; its draft stays closed."""
    work = desk.work
    found = await work.work_list.facts(ObligationRef(entry, position))
    if found is None:
        raise refused(NotFulfilled("unknown"))
    return {**row_as_json(work, found, work.clock.now()), "provisions": list(provisions_of(work, found))}


async def obligation_person(desk: Desk, actor: Actor, *, entry: int, position: int) -> Json:
    """Whom the duty is about and the entries that name them, where it is one person; their look-up is on record first.
    `people` is how many it is about."""
    found = await desk.work.work_list.people(ObligationRef(entry, position), actor=actor)
    if isinstance(found, NotFulfilled):
        raise refused(found)
    if len(found) != 1:
        return {"people": len(found), "subject": None, "entries": []}
    accesses = await desk.lookup.accesses(found[0], actor=actor)
    subject = {"scheme": found[0].scheme, "value": found[0].value}
    return {"people": 1, "subject": subject, "entries": [one.entry_index for one in accesses]}


async def consistent_use(desk: Desk, actor: Actor, *, agreement: str, purpose: str, bank: str) -> Json:
    """Put a new consistent use on record; the duty to tell the Commissioner, which is the first of its entry."""
    receipt, due, notice = await desk.work.consistent_uses(agreement=agreement, purpose=purpose, bank=bank, actor=actor)
    duty = {"position": 0, "code": due.code, "addressee": notice.addressee, "due": due.due and format_time(due.due)}
    return {"entry_index": receipt.entry_index, "duties": [duty]}


OBLIGATION_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "obligation.list": obligation_list,
    "obligation.show": obligation_show,
    "obligation.done": obligation_done,
    "obligation.facts": obligation_facts,
    "obligation.person": obligation_person,
    "obligation.consistent-use": consistent_use,
}


def way(how: str | None) -> str | None:
    """How it was sent or kept. Raises WorkRefusedError."""
    if how is not None and how not in WAYS:
        raise WorkRefusedError("argument-malformed", f"--how: write one of {', '.join(WAYS)}")
    return how


def refused(refusal: NotFulfilled) -> WorkRefusedError:
    """A duty that was not said to be done, with what to do."""
    return WorkRefusedError(refusal.code, _REFUSALS[refusal.code].format(refusal.reason))
