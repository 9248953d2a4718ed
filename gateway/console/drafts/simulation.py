"""A draft tried on the requests on record: begun here, with its progress in sight, a stop, and what was found.

Invariants: what is shown was found for exactly the text that the draft has now; it is marked as not live. Does not:
simulate (`gateway.service.simulation.trials`).
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from starlette.responses import Response

from gateway.console.agreements.names import names_for
from gateway.console.layout.errors import error_words
from gateway.console.visit import Problem, Visit
from gateway.domain.actor import Role
from gateway.domain.due import OTTAWA
from gateway.staff.asking import StaffCallError

TRYING: Final = (Role.POLICY_EDITOR, Role.POLICY_APPROVER, Role.POLICY_PUBLISHER, Role.PRIVACY_OFFICER)
_USUAL_DAYS: Final = 30


async def simulation(visit: Visit) -> Response:
    """The form, how far it is, or what was found."""
    name = visit.part("draft")
    about = await visit.call("draft.about", draft=name)
    told = await visit.call("simulation.show", draft=name)
    today = visit.room.now().astimezone(OTTAWA).date()
    return visit.page(
        "simulation.html",
        about=about,
        trial=told["trial"],
        running=told["running"],
        tries=visit.has_role(*TRYING),
        percent=_percent(told["trial"]),
        first=(today - timedelta(days=_USUAL_DAYS)).isoformat(),
        last=today.isoformat(),
        names=await names_for(visit),
        titles={one["content"]["id"]: one["content"]["title"] for one in about["documents"] if one["content"]},
    )


async def progress(visit: Visit) -> Response:
    """What the page asks for by itself while the draft is tried."""
    trial = (await visit.call("simulation.show", draft=visit.part("draft")))["trial"]
    runs = trial is not None and trial["state"] == "running"
    told = {"ended": not runs, "value": _percent(trial), "said": _said(visit, trial) if runs else _over(visit)}
    return visit.send(json.dumps(told).encode(), "application/json", "progress.json")


async def run(visit: Visit) -> Response:
    """Begin; the page then shows how far it is."""
    days: dict[str, str | None] = {}
    for name in ("since", "until"):
        text = visit.typed.get(name).strip()
        try:
            days[name] = date.fromisoformat(text).isoformat() if text else None
        except ValueError:
            return await simulation(visit.with_problems(Problem(str(visit.words("day-wrong")), name)))
    return await _done(visit, "simulation.run", draft=visit.part("draft"), **days)


async def stop(visit: Visit) -> Response:
    """End what runs, with what was found until then."""
    return await _done(visit, "simulation.stop")


async def _done(visit: Visit, call: str, **arguments: Any) -> Response:
    try:
        await visit.call(call, **arguments)
    except StaffCallError as error:
        said = error_words(error.code, str(error), visit.lang, error.facts)
        return await simulation(visit.with_problems(Problem(said)))
    return visit.go(f"/drafts/{visit.part('draft')}/simulation")


def _percent(trial: Mapping[str, Any] | None) -> int:
    return 0 if trial is None or not trial["total"] else min(100, 100 * int(trial["done"]) // int(trial["total"]))


def _said(visit: Visit, trial: Mapping[str, Any]) -> str:
    if not trial["total"]:
        return str(visit.words("starting"))
    return str(visit.words("done-of", visit.words.number(trial["done"]), visit.words.number(trial["total"])))


def _over(visit: Visit) -> str:
    return str(visit.words("trial-ended"))
