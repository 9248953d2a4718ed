"""The staff call that puts a material breach on record. JSON in, JSON out.

A refusal is a `WorkRefusedError` with a stable code. Does not: say who is told (`gateway.service.obligation.breach`).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Protocol, get_args

from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.service.obligation.breach_facts import BreachAccount, PeopleTold
from gateway.staff.refusal import WorkRefusedError, moment, past_day
from gateway.staff.work_desk import WorkDesk

Json = Any


class BreachDesk(Protocol):
    """What this call needs of the staff's desk."""

    @property
    def work(self) -> WorkDesk: ...


async def breach_report(
    desk: BreachDesk,
    actor: Actor,
    *,
    agreements: Sequence[str],
    entries: Sequence[int],
    determined_at: str,
    people: int,
    what: str,
    measures: str,
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
        actor=actor,
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


BREACH_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {"breach.report": breach_report}


def _people_told(text: str | None) -> PeopleTold | None:
    found: Mapping[str, PeopleTold] = {known: known for known in get_args(PeopleTold)}
    if text is not None and text not in found:
        raise WorkRefusedError("argument-malformed", f"--people-told: write one of {', '.join(found)}")
    return None if text is None else found[text]
