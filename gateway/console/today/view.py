"""Today: what needs the one who looks, by clock. The first page after sign-in.

Does not: hold a rule; what is due and when is said by the staff calls.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from starlette.responses import Response

from gateway.console.authorization import every
from gateway.console.breaches.view import standing as breach_standing
from gateway.console.delegations.view import last_day, own_orders
from gateway.console.delegations.view import standing as order_standing
from gateway.console.referrals.own import own_referrals
from gateway.console.today.words import WORDS
from gateway.console.topic import Topic, show
from gateway.console.visit import Visit
from gateway.domain.actor import ALL_ROLES, Role
from gateway.staff.asking import StaffCallError

SHOWN: Final = 6
READ: Final = 100
ENDS_SOON: Final = timedelta(days=30)
_CLOCK: Final = ("overdue", "today", "week")


async def today(visit: Visit) -> Response:
    """Everything of the actor's roles; a part that is empty says so as good news."""
    officer = visit.has_role(Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD)
    privacy = visit.has_role(Role.PRIVACY_OFFICER)
    referrals = await own_referrals(visit, only_open=True) if officer else []
    return visit.page(
        "today.html",
        officer=officer,
        referrals=referrals[:SHOWN],
        more_referrals=max(0, len(referrals) - SHOWN),
        duties=await _duties(visit) if privacy else None,
        breaches=await _breaches(visit) if privacy else [],
        orders=await _orders(visit) if officer else [],
        last=last_day,
        holds=await _holds(visit) if privacy else None,
        standing=await visit.call("log.standing"),
        back=await _looking_back(visit) if privacy else None,
    )


async def _looking_back(visit: Visit) -> Mapping[str, int] | None:
    """How many flags and sampled entries wait; None where the projection cannot tell."""
    try:
        flags = (await visit.call("flag.list"))["flags"]
        samples = (await visit.call("sample.list"))["samples"]
    except StaffCallError as error:
        if error.code != "projection-unavailable":
            raise
        return None
    return {
        "flags": len(flags),
        "waiting": sum(one["waiting"] for one in samples),
        "overdue": sum(one["waiting"] for one in samples if one["overdue"]),
    }


async def _duties(visit: Visit) -> Mapping[str, Any]:
    """Of all units of the institution, the earliest first; duties of one kind and day are one line."""
    told = await visit.call("obligation.agenda", slots=list(_CLOCK), limit=READ)
    lines: dict[tuple[str, str, str], dict[str, Any]] = {}
    for slot, rows in told["slots"].items():
        for one in rows:
            day = visit.words.day(one["due"])
            line = lines.setdefault((one["code"], slot, day), {**one, "slot": slot, "duties": 0, "entries": []})
            line["duties"] += 1
            if one["entry_index"] not in line["entries"]:
                line["entries"].append(one["entry_index"])
    return {"counts": told["counts"], "rows": list(lines.values())[:SHOWN], "more": len(lines) > SHOWN}


async def _breaches(visit: Visit) -> Sequence[Mapping[str, Any]]:
    """Those with something to send, what is due first before the rest."""
    found = [{**one, **breach_standing(one)} for one in await visit.call("breach.list")]
    waiting = [one for one in found if one["open"] and one["next_due"]]
    return sorted(waiting, key=lambda one: datetime.fromisoformat(one["next_due"]))


async def _orders(visit: Visit) -> Sequence[Mapping[str, Any]]:
    """Delegation orders in force that end soon."""
    soon = visit.room.now() + ENDS_SOON
    found = [
        one
        for one in await own_orders(visit)
        if order_standing(visit, one) == "in-force" and datetime.fromisoformat(one["ends"]) <= soon
    ]
    return sorted(found, key=lambda one: datetime.fromisoformat(one["ends"]))[:SHOWN]


async def _holds(visit: Visit) -> int:
    """How many are open at the institution."""
    institution = visit.room.units.organization(visit.actor.unit)
    count: int = (await visit.call("hold.list", limit=1, institution=institution or "none"))["open"]
    return count


TODAY: Final = Topic("today", WORDS, (show("/", today, every(*ALL_ROLES)),), menu="/")
