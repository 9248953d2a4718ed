"""The breaches' addresses: those on record with their clocks, one with its reports and notices, and the way to report
one (`reporting`).

Invariant: what was said of a breach is shown after a reading that is on record, to its institution alone. Does not:
send a report; a person does, and says so on the duty's page.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from starlette.responses import Response

from gateway.console.authorization import every, own
from gateway.console.breaches.reporting import new_breach, people, report
from gateway.console.breaches.words import WORDS
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Visit
from gateway.domain.actor import Role
from gateway.staff.asking import StaffCallError

_READERS: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD)
_SHOWN: Final = 40
_SAID: Final = ("what", "measures", "kinds", "kinds_fr", "harm", "contact", "for_people", "for_people_fr")


async def breaches(visit: Visit) -> Response:
    """Those on record, the latest first."""
    rows = await visit.call("breach.list")
    titles = (await visit.call("log.names"))["agreement"]
    return visit.page(
        "breaches.html",
        rows=[{**one, **standing(one)} for one in rows],
        titles={code: title[visit.lang] for code, title in titles.items()},
        opens=visit.has_role(*_READERS),
        reports=visit.has_role(Role.PRIVACY_OFFICER),
    )


async def breach(visit: Visit) -> Response:
    """What happened, what follows from it and by when."""
    one = await visit.call("breach.show", entry=visit.number("entry"))
    titles = (await visit.call("log.names"))["agreement"]
    said = one["said"] or {}
    return visit.page(
        "breach.html",
        one={**one, **standing(one)},
        said=one["said"],
        texts=[(str(visit.words(f"said-{name}")), said[name]) for name in _SAID if said.get(name)],
        agreements=[titles[code][visit.lang] if code in titles else code for code in said.get("agreements", ())],
        entries=said.get("entries", [])[:_SHOWN],
        more=max(0, len(said.get("entries", [])) - _SHOWN),
    )


def standing(one: Mapping[str, Any]) -> dict[str, Any]:
    """How many duties are open and overdue, and when the next is due."""
    left = [duty for duty in one["duties"] if duty["done_at"] is None]
    due = sorted((duty["due"] for duty in left if duty["due"]), key=datetime.fromisoformat)
    return {
        "open": len(left),
        "overdue": sum(duty["state"] == "overdue" for duty in left),
        "next_due": due[0] if due else None,
    }


async def _reported(visit: Visit) -> str | None:
    """The unit that put it on record."""
    try:
        unit: str = (await visit.call("breach.facts", entry=visit.number("entry")))["unit"]["code"]
    except StaffCallError as error:
        if error.code == "unknown":
            raise NotHereError from None
        raise
    return unit


_OFFICER: Final = own(Role.PRIVACY_OFFICER)
BREACHES: Final = Topic(
    "breaches",
    WORDS,
    (
        show("/breaches", breaches, every(*_READERS, Role.AUDITOR)),
        show("/breaches/new", new_breach, _OFFICER),
        act("/breaches/people", people, _OFFICER, shows=new_breach),
        act("/breaches/report", report, own(Role.PRIVACY_OFFICER, step_up=True), shows=new_breach),
        show("/breaches/{entry}", breach, own(*_READERS), _reported),
    ),
    menu="/breaches",
)
