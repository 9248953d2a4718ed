"""Holds on erasure: those that are open at the actor's institution, placing one, lifting one.

Invariant: a hold is placed and lifted for a person whose number is typed into a form; the list names nobody. Does not:
erase (the person page does).
"""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from gateway.console.authorization import own
from gateway.console.holds.words import WORDS
from gateway.console.layout.refused import problem_of
from gateway.console.person.schemes import scheme_options
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Visit
from gateway.domain.actor import Role
from gateway.staff.asking import StaffCallError

REASONS: Final = ("access-request", "litigation", "complaint", "breach-review", "correction-request")
SHOWN: Final = 50
_FIELDS: Final[Mapping[str, str]] = {
    "malformed-identifier": "value",
    "reason": "reason",
    "hold-refused": "value",
}


async def holds(visit: Visit) -> Response:
    """The open ones, the oldest first."""
    page = _page(visit)
    own_institution = visit.room.units.organization(visit.actor.unit)
    told = await visit.call("hold.list", limit=SHOWN, skip=(page - 1) * SHOWN, institution=own_institution or "none")
    lines = await visit.call("entry.lines", entries=[one["placed"] for one in told["holds"]])
    return visit.page(
        "holds.html",
        rows=[{**one, "words": _reason(visit, one["reason"])} for one in told["holds"]],
        since={line["entry_index"]: line["time"] for line in lines},
        open=told["open"],
        page=page,
        more=told["open"] > page * SHOWN,
        places=visit.has_role(Role.PRIVACY_OFFICER),
    )


async def new_hold(visit: Visit) -> Response:
    """For whom, and why."""
    reasons = [("", str(visit.words("choose"))), *((code, _reason(visit, code)) for code in REASONS)]
    return visit.page("new.html", schemes=scheme_options(visit), reasons=reasons)


async def place(visit: Visit) -> Response:
    """Everything about the person is kept from now on."""
    typed = visit.typed
    try:
        told = await visit.call("hold.place", **_subject(visit), reason=typed.get("reason"))
    except StaffCallError as error:
        return await new_hold(visit.with_problems(problem_of(error, visit, _FIELDS)))
    return visit.page("done.html", told=told, key="placed")


async def hold(visit: Visit) -> Response:
    """One hold, and the form that lifts it."""
    one = await visit.call("hold.show", hold=visit.part("hold"))
    lines = await visit.call("entry.lines", entries=[one["placed"]])
    return visit.page(
        "hold.html",
        one={**one, "words": _reason(visit, one["reason"])},
        since=lines[0]["time"] if lines else None,
        schemes=scheme_options(visit),
        lifts=visit.has_role(Role.PRIVACY_OFFICER) and one["open"],
    )


async def lift(visit: Visit) -> Response:
    """Erasing is possible again, once no other hold is open."""
    try:
        told = await visit.call("hold.lift", hold=visit.part("hold"), **_subject(visit))
    except StaffCallError as error:
        return await hold(visit.with_problems(problem_of(error, visit, _FIELDS)))
    return visit.page("done.html", told=told, key="lifted")


def _subject(visit: Visit) -> dict[str, Any]:
    return {"scheme": visit.typed.get("scheme"), "value": visit.typed.get("value").strip()}


def _reason(visit: Visit, code: str) -> str:
    return str(visit.words(f"reason-{code}")) if visit.words.has(f"reason-{code}") else code


def _page(visit: Visit) -> int:
    text = visit.asked("page")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


async def _placed_by(visit: Visit) -> str | None:
    """The actor's own unit where their institution placed it."""
    try:
        found = await visit.call("hold.show", hold=visit.part("hold"))
    except StaffCallError as error:
        if error.code == "unknown":
            raise NotHereError from None
        raise
    ours = visit.room.units.organization(visit.actor.unit)
    return visit.actor.unit if ours is not None and found["organization"] == ours else None


_READERS: Final = own(Role.PRIVACY_OFFICER, Role.AUDITOR)
_OFFICER: Final = own(Role.PRIVACY_OFFICER)
HOLDS: Final = Topic(
    "holds",
    WORDS,
    (
        show("/holds", holds, _READERS),
        show("/holds/new", new_hold, _OFFICER),
        act("/holds/place", place, _OFFICER, shows=new_hold),
        show("/holds/{hold}", hold, _READERS, _placed_by),
        act("/holds/{hold}/lift", lift, _OFFICER, shows=hold, owner=_placed_by),
    ),
    menu="/holds",
    group="registers",
)
