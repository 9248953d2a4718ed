"""The staff calls about work: obligations, notices, new consistent uses, breaches. JSON in, JSON out.

A refusal is a `WorkRefusedError` with a stable code. Times are UTC; whoever shows them says which local time.
Does not: print, or make a PDF (the command does, from the texts); give an account or put a correction on record
(`gateway.staff.account_calls`, `correction_calls`).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Protocol, get_args

from audit.vocabulary import format_time
from gateway.domain.submission import ObligationRef
from gateway.service.obligation.breach_facts import BreachAccount, PeopleTold
from gateway.service.obligation.notices import notice_as_json
from gateway.service.obligation.work_list import STATES, NotFulfilled, State
from gateway.staff.account_calls import account_give
from gateway.staff.correction_calls import correction_record
from gateway.staff.refusal import WorkRefusedError, known_unit, moment, past_day
from gateway.staff.work_desk import WorkDesk
from gateway.staff.work_rows import row_as_json

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


async def obligation_list(desk: Desk, *, states: Sequence[State], unit: str | None = None, limit: int = 100) -> Json:
    """What is to be done, with how many rows are in each state, shown or not."""
    work = desk.work
    if unit is not None:
        known_unit(work.parties, unit)
    known = tuple(state for state in STATES if state in states)
    listing = await work.work_list.listing(known, unit=unit, limit=max(1, min(limit, MOST_LISTED)))
    now = work.clock.now()
    return {"counts": dict(listing.counts), "obligations": [row_as_json(work, one, now) for one in listing.work]}


async def obligation_show(desk: Desk, *, entry: int, position: int, unit: str, officer: str) -> Json:
    """The notice that a duty demands, or null where it demands none; reading one is on record first."""
    known_unit(desk.work.parties, unit)
    found = await desk.work.work_list.show(ObligationRef(entry, position), unit=unit, officer=officer)
    if isinstance(found, NotFulfilled):
        raise _refused(found)
    return None if found is None else dict(notice_as_json(found))


async def obligation_done(
    desk: Desk,
    *,
    entry: int,
    position: int,
    unit: str,
    officer: str,
    note: str | None = None,
    despite_hold: str | None = None,
) -> Json:
    """Say that a duty is fulfilled, or a notice sent."""
    known_unit(desk.work.parties, unit)
    done = await desk.work.work_list.done(
        ObligationRef(entry, position), unit=unit, officer=officer, note=note, despite_hold=despite_hold
    )
    if isinstance(done, NotFulfilled):
        raise _refused(done)
    return {"entry_index": done.receipt.entry_index}


async def consistent_use(desk: Desk, *, agreement: str, purpose: str, bank: str, unit: str, officer: str) -> Json:
    """Put a new consistent use on record; the duty to tell the Commissioner, which is the first of its entry."""
    known_unit(desk.work.parties, unit)
    receipt, due, notice = await desk.work.consistent_uses(
        agreement=agreement, purpose=purpose, bank=bank, unit=unit, officer=officer
    )
    duty = {"position": 0, "code": due.code, "addressee": notice.addressee, "due": due.due and format_time(due.due)}
    return {"entry_index": receipt.entry_index, "duties": [duty]}


async def breach_report(
    desk: Desk,
    *,
    agreements: Sequence[str],
    entries: Sequence[int],
    determined_at: str,
    people: int,
    what: str,
    measures: str,
    unit: str,
    officer: str,
    occurred: str | None = None,
    discovered: str | None = None,
    people_told: str | None = None,
    kinds: str | None = None,
    kinds_fr: str | None = None,
    harm: str | None = None,
    contact: str | None = None,
    for_people: str | None = None,
    for_people_fr: str | None = None,
) -> Json:
    """Put a material breach on record; its reports, notices and letter with their due times."""
    now = desk.work.clock.now()
    said = BreachAccount(
        people=people,
        what=what,
        measures=measures,
        occurred=past_day(occurred, "--occurred", now) if occurred else None,
        discovered=past_day(discovered, "--discovered", now) if discovered else None,
        kinds=kinds,
        kinds_fr=kinds_fr,
        harm=harm,
        people_told=_people_told(people_told),
        contact=contact,
        for_people=for_people,
        for_people_fr=for_people_fr,
    )
    receipt, duties = await desk.work.breach(
        unit=known_unit(desk.work.parties, unit).id,
        officer=officer,
        determined_at=moment(determined_at, "--determined"),
        agreements=agreements,
        entries=entries,
        said=said,
    )
    told = [
        {"position": at, "code": duty.code, "addressee": duty.notice.addressee, "due": format_time(duty.due)}
        for at, duty in enumerate(duties)
    ]
    return {"entry_index": receipt.entry_index, "duties": told}


WORK_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "obligation.list": obligation_list,
    "obligation.show": obligation_show,
    "obligation.done": obligation_done,
    "obligation.consistent-use": consistent_use,
    "breach.report": breach_report,
    "account.give": account_give,
    "correction.record": correction_record,
}


def _refused(refusal: NotFulfilled) -> WorkRefusedError:
    return WorkRefusedError(refusal.code, _REFUSALS[refusal.code].format(refusal.reason))


def _people_told(text: str | None) -> PeopleTold | None:
    found: Mapping[str, PeopleTold] = {known: known for known in get_args(PeopleTold)}
    if text is not None and text not in found:
        raise WorkRefusedError("argument-malformed", f"--people-told: write one of {', '.join(found)}")
    return None if text is None else found[text]
