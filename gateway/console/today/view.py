"""Today: what needs the one who looks, by clock. The first page after sign-in.

Does not: hold a rule; what is due and when is said by the staff calls.
"""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from gateway.console.authorization import every
from gateway.console.referrals.own import own_referrals
from gateway.console.today.words import WORDS
from gateway.console.topic import Topic, show
from gateway.console.visit import Visit
from gateway.domain.actor import ALL_ROLES, Role

SHOWN: Final = 6
READ: Final = 100


async def today(visit: Visit) -> Response:
    """Everything of the actor's roles; a part that is empty says so as good news."""
    officer = visit.has_role(Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD)
    referrals = await own_referrals(visit, only_open=True) if officer else []
    duties = await _duties(visit) if visit.has_role(Role.PRIVACY_OFFICER) else None
    holds = (await visit.call("hold.list", limit=1))["open"] if visit.has_role(Role.PRIVACY_OFFICER) else None
    standing = await visit.call("log.standing")
    return visit.page(
        "today.html",
        officer=officer,
        referrals=referrals[:SHOWN],
        more_referrals=max(0, len(referrals) - SHOWN),
        duties=duties,
        holds=holds,
        standing=standing,
    )


async def _duties(visit: Visit) -> Mapping[str, Any]:
    """Of all units of the institution, the earliest first; duties of one kind and day are one line."""
    found: list[Mapping[str, Any]] = []
    counts = {"overdue": 0, "due": 0, "standing": 0, "done": 0}
    for unit in visit.room.units.of_institution(visit.actor.unit):
        told = await visit.call("obligation.list", states=["overdue", "due"], unit=unit, limit=READ)
        found += told["obligations"]
        counts = {state: counts[state] + told["counts"][state] for state in counts}
    lines: dict[tuple[str, str, str], dict[str, Any]] = {}
    for one in sorted(found, key=lambda row: row["due"] or "9"):
        day = visit.words.day(one["due"]) if one["due"] else ""
        line = lines.setdefault((one["code"], one["state"], day), {**one, "entries": []})
        line["entries"].append(one["entry_index"])
    return {"counts": counts, "rows": list(lines.values())[:SHOWN]}


TODAY: Final = Topic("today", WORDS, (show("/", today, every(*ALL_ROLES)),), menu="/")
