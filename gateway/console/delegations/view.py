"""Delegation orders of the actor's institution: who may decide what until when, giving one, revoking one.

Invariants: giving and revoking bind, so whoever does has just proven who they are; days are Ottawa's, the last one
included. Does not: judge an order (the use case does), or decide under one.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from starlette.responses import Response

from gateway.console.authorization import own
from gateway.console.delegations.words import WORDS
from gateway.console.layout.refused import problem_of
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.actor import Role
from gateway.domain.due import OTTAWA
from gateway.staff.asking import StaffCallError

READ: Final = 1_000
_FIELDS: Final[Mapping[str, str]] = {
    "to": "to",
    "at": "at",
    "provisions": "provisions",
    "begins": "begins",
    "ends": "ends",
    "officer-malformed": "to",
}
_YEAR: Final = timedelta(days=365)


async def delegations(visit: Visit) -> Response:
    """Those in force or to come, what ends first before the rest; or those that are over."""
    past = visit.asked("state") == "over"
    rows = [one for one in await own_orders(visit) if (standing(visit, one) in ("ended", "revoked")) is past]
    titles = await _titles(visit)
    return visit.page(
        "delegations.html",
        rows=sorted(rows, key=lambda one: datetime.fromisoformat(one["ends"]), reverse=past),
        standing={one["delegation"]: standing(visit, one) for one in rows},
        titles=titles,
        past=past,
        gives=visit.has_role(Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD),
        last=last_day,
    )


async def own_orders(visit: Visit) -> list[Mapping[str, Any]]:
    """Of the actor's institution, whatever their state."""
    institution = visit.room.units.organization(visit.actor.unit)
    found: list[Mapping[str, Any]] = await visit.call(
        "delegation.list", limit=READ, institution=institution or "none", named=True
    )
    return found


def standing(visit: Visit, one: Mapping[str, Any]) -> str:
    """In words of a code: in force, to come, ended or revoked."""
    if one["state"] == "revoked":
        return "revoked"
    if visit.is_past(one["ends"]):
        return "ended"
    return "in-force" if visit.is_past(one["begins"]) else "to-come"


def last_day(ends: str) -> date:
    """The last day on which an order counts: the one before it ends at its start, else the day it ends."""
    at = datetime.fromisoformat(ends).astimezone(OTTAWA)
    return at.date() - timedelta(days=1) if at.time() == time() else at.date()


async def new_delegation(visit: Visit) -> Response:
    """To whom, under what, for how long."""
    today = visit.room.now().astimezone(OTTAWA).date()
    units = [(code, visit.unit_name(code)) for code in visit.room.units.of_institution(visit.actor.unit)]
    choices = await visit.call("delegation.choices")
    return visit.page(
        "new.html",
        ours=_by_act(visit, [one for one in choices if one["ours"]]),
        others=_by_act(visit, [one for one in choices if not one["ours"]]),
        units=sorted(units, key=lambda one: one[1]),
        today=today.isoformat(),
        year=(today + _YEAR).isoformat(),
    )


async def give(visit: Visit) -> Response:
    """An order is given."""
    typed, problems = visit.typed, list[Problem]()
    begins, ends = _day(typed.get("begins")), _day(typed.get("ends"))
    problems += [Problem(str(visit.words("day-missing")), name) for name, day in (("begins", begins), ("ends", ends))
                 if day is None]  # fmt: skip
    if not typed.get("to").strip():
        problems.append(Problem(str(visit.words("to-missing")), "to"))
    if problems or begins is None or ends is None:
        return await new_delegation(visit.with_problems(*problems))
    try:
        told = await visit.call(
            "delegation.give",
            to=typed.get("to").strip(),
            at=typed.get("at"),
            provisions=typed.all("provisions"),
            begins=_start(begins),
            ends=_start(ends + timedelta(days=1)),
        )
    except StaffCallError as error:
        return await new_delegation(visit.with_problems(problem_of(error, visit, _FIELDS)))
    return visit.page("done.html", told=told, key="given")


async def delegation(visit: Visit) -> Response:
    """One order."""
    one = await visit.call("delegation.show", delegation=visit.part("order"))
    state = standing(visit, one)
    return visit.page(
        "delegation.html",
        one=one,
        state=state,
        titles=await _titles(visit),
        last=last_day(one["ends"]),
        revokes=state in ("in-force", "to-come") and visit.has_role(Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD),
    )


async def revoke(visit: Visit) -> Response:
    """An order ends at once."""
    try:
        told = await visit.call("delegation.revoke", delegation=visit.part("order"))
    except StaffCallError as error:
        return await delegation(visit.with_problems(problem_of(error, visit, _FIELDS)))
    return visit.page("done.html", told=told, key="ended-now")


def _by_act(visit: Visit, choices: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Provisions under the Act that they are of."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in choices:
        found.setdefault(one["instrument"][visit.lang], []).append(one)
    return list(found.items())


async def _titles(visit: Visit) -> dict[str, str]:
    """What each provision is called, with its section."""
    lang = visit.lang
    return {
        one["code"]: visit.words("provision", one["title"][lang], one["instrument"][lang], one["section"][lang])
        for one in await visit.call("delegation.choices")
    }


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _start(day: date) -> str:
    return datetime.combine(day, time(), OTTAWA).isoformat()


async def _at(visit: Visit) -> str | None:
    """The unit of the order."""
    try:
        unit: str = (await visit.call("delegation.show", delegation=visit.part("order")))["at"]
    except StaffCallError as error:
        if error.code == "unknown":
            raise NotHereError from None
        raise
    return unit


_READERS: Final = own(Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR)
_GIVERS: Final = own(Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD)
_BINDING: Final = own(Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, step_up=True)
DELEGATIONS: Final = Topic(
    "delegations",
    WORDS,
    (
        show("/delegations", delegations, _READERS),
        show("/delegations/new", new_delegation, _GIVERS),
        act("/delegations/give", give, _BINDING, shows=new_delegation),
        show("/delegations/{order}", delegation, _READERS, _at),
        act("/delegations/{order}/revoke", revoke, _BINDING, shows=delegation, owner=_at),
    ),
    menu="/delegations",
    group="registers",
)
