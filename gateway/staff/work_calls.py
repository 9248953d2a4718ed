"""The staff calls about work: obligations, notices, breaches, and the account of disclosures. JSON in, JSON out.

A refusal is a `WorkRefusedError` with a stable code. Times are UTC; whoever shows them says which local time.
Does not: print, or make a PDF (the command does, from the texts).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final, Protocol

from audit.vocabulary import format_time
from gateway.adapters.letters.wording import OTTAWA
from gateway.domain.disclosure import ObligationRef
from gateway.domain.errors import GatewayError
from gateway.domain.request import SubjectIdentifier
from gateway.service.notices import NOTICES, notice_as_json
from gateway.service.work_list import STATES, NotFulfilled, State, Work
from gateway.staff.work_desk import WorkDesk

Json = Any
MOST_LISTED: Final = 10_000

_REFUSALS: Final[Mapping[str, str]] = {
    "unknown": "there is no obligation at this place of the log",
    "done-already": "this obligation is fulfilled already",
    "not-bound": "this obligation binds another institution than that of your unit",
    "held": "this notice is held ({0}): get advice first, then say why it was sent with --sent-despite-hold",
}


class WorkRefusedError(GatewayError):
    """A step on a duty, a breach or an account is not taken; `code` says why, the message what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Desk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def work(self) -> WorkDesk: ...

    def subject(self, scheme: str, value: str) -> SubjectIdentifier:
        """An identifier in its canonical spelling. Raises IdentifierError."""


async def obligation_list(desk: Desk, *, states: Sequence[State], unit: str | None = None, limit: int = 100) -> Json:
    """What is to be done, with how many rows are in each state, shown or not."""
    work = desk.work
    known = tuple(state for state in STATES if state in states)
    listing = await work.work_list.listing(known, unit=unit, limit=max(1, min(limit, MOST_LISTED)))
    now = work.clock.now()
    return {"counts": dict(listing.counts), "obligations": [_duty(work, one, now) for one in listing.work]}


async def obligation_show(desk: Desk, *, entry: int, position: int, unit: str, officer: str) -> Json:
    """The notice that a duty demands, or null where it demands none; reading one is on record first."""
    _unit(desk.work, unit)
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
    _unit(desk.work, unit)
    done = await desk.work.work_list.done(
        ObligationRef(entry, position), unit=unit, officer=officer, note=note, despite_hold=despite_hold
    )
    if isinstance(done, NotFulfilled):
        raise _refused(done)
    return {"entry_index": done.receipt.entry_index}


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
) -> Json:
    """Put a material breach on record; its reports and notices with their due times."""
    receipt, duties = await desk.work.breach(
        unit=unit,
        officer=officer,
        determined_at=_moment(determined_at),
        agreements=agreements,
        entries=entries,
        people=people,
        what=what,
        measures=measures,
    )
    told = [
        {"position": at, "code": duty.code, "addressee": duty.notice.addressee, "due": format_time(duty.due)}
        for at, duty in enumerate(duties)
    ]
    return {"entry_index": receipt.entry_index, "duties": told}


async def account_give(
    desk: Desk, *, identifiers: Sequence[Mapping[str, str]], received: str, unit: str, officer: str
) -> Json:
    """The account of a person: letters as marked lines, the machine form, and apart from them what is for the officer
    alone."""
    work = desk.work
    _unit(work, unit)
    subjects = [desk.subject(one["scheme"], one["value"]) for one in identifiers]
    if not subjects:
        raise WorkRefusedError("no-identifier", "name at least one identifier of the person")
    answered = await work.accounting(subjects, unit=unit, officer=officer, received=_day(received))
    account = answered.account
    return {
        "reference": answered.reference,
        "letters": {"en": work.letters.letter(answered, "en"), "fr": work.letters.letter(answered, "fr")},
        "machine": work.letters.machine(answered),
        "officer": {
            "told": [line.entry_index for line in account.lines],
            "held_back": [asdict(one) for one in account.held],
            "no_disclosure": [{"entry_index": index, "kind": kind} for index, kind in account.no_disclosure],
        },
    }


WORK_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "obligation.list": obligation_list,
    "obligation.show": obligation_show,
    "obligation.done": obligation_done,
    "breach.report": breach_report,
    "account.give": account_give,
}


def _duty(work: WorkDesk, one: Work, now: datetime) -> Json:
    row, words = one.row, work.words
    kind = NOTICES.get(row.code)
    title = words.obligations.get(row.code) or (
        {"en": kind.en, "fr": kind.fr} if kind else {"en": row.code, "fr": row.code}
    )
    unit = words.units.get(row.unit, {"en": row.unit, "fr": row.unit})
    return {
        "entry_index": row.ref.entry_index,
        "position": row.ref.position,
        "state": one.state,
        "code": row.code,
        "title": dict(title),
        "notice": kind is not None,
        "unit": {"code": row.unit, **unit},
        "citations": [{"code": code, **words.provisions.get(code, {})} for code in _citations(work, one)],
        "due": row.due and format_time(row.due),
        "days_left": (row.due.astimezone(OTTAWA).date() - now.astimezone(OTTAWA).date()).days if row.due else None,
        "done_at": row.done_at and format_time(row.done_at),
    }


def _citations(work: WorkDesk, one: Work) -> Sequence[str]:
    """The provisions that demand the duty: those the decision rests on, or all that may where it names none."""
    row: Mapping[str, Any] = work.duties.get(one.row.code, {})
    able: Sequence[str] = row.get("citations", ())
    cited = {*one.entry.authorities.discloser, *one.entry.authorities.recipient}
    return [code for code in able if code in cited] or list(able)


def _refused(refusal: NotFulfilled) -> WorkRefusedError:
    return WorkRefusedError(refusal.code, _REFUSALS[refusal.code].format(refusal.reason))


def _unit(work: WorkDesk, unit: str) -> None:
    if work.parties.find(unit) is None:
        raise WorkRefusedError("party-unknown", "the unit is a code of agreements/parties.yaml, such as esdc-isb")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise WorkRefusedError("argument-malformed", "a time is YYYY-MM-DDThh:mm:ss with its zone, Z for UTC")
    return moment


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WorkRefusedError("argument-malformed", "a day is YYYY-MM-DD") from None
