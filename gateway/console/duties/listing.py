"""The list of duties by their clock, and several of them said to be done at once.

Invariant: an officer sees what binds their own institution, an auditor what binds any; nothing on it names a person.
Does not: open a draft, or say that a duty is done without an entry for each.
"""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from gateway.console.duties.asked import OPEN, PAGE, Asked, read_asked
from gateway.console.layout.errors import error_words
from gateway.console.layout.refused import problem_of
from gateway.console.visit import Problem, Visit
from gateway.domain.actor import Role
from gateway.service.obligation.agenda import DATED, SLOTS
from gateway.service.obligation.work_list import WAYS
from gateway.staff.asking import StaffCallError

LISTING: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR)
SENT_FIELDS: Final[Mapping[str, str]] = {"day-in-future": "sent_on"}


async def duties(visit: Visit) -> Response:
    """What is to be done."""
    asked = read_asked(visit)
    told = await visit.call(
        "obligation.agenda",
        slots=list(asked.slots),
        unit=asked.unit or None,
        institution=asked.institution or None,
        codes=[asked.kind] if asked.kind else [],
        limit=PAGE,
        skip=asked.skip,
    )
    counts, most = told["counts"], told["most"]
    wanted = sum(counts[slot] for slot in asked.slots)
    return visit.page(
        "duties.html",
        asked=asked,
        chips=_chips(visit, asked, counts, most),
        slots=[(slot, told["slots"][slot]) for slot in SLOTS if slot in told["slots"]],
        shown=sum(len(rows) for rows in told["slots"].values()),
        wanted=wanted,
        more=wanted > asked.skip + PAGE or any(counts[slot] >= most for slot in asked.slots),
        kinds=sorted(((code, title[visit.lang]) for code, title in told["kinds"].items()), key=lambda one: one[1]),
        bodies=_bodies(visit),
        marks=visit.has_role(Role.PRIVACY_OFFICER) and asked.when not in ("done", "standing"),
        opens=visit.has_role(Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD),
        ways=ways(visit),
    )


async def done_each(visit: Visit) -> Response:
    """Those that are ticked, each an entry of its own; what became of each."""
    named = [one for text in visit.typed.all("duty") if (one := _named(text)) is not None]
    if not named:
        return await duties(visit.with_problems(Problem(str(visit.words("tick-one")), "marking")))
    try:
        told = await visit.call("obligation.done-each", duties=named, **sent(visit))
    except StaffCallError as error:
        return await duties(visit.with_problems(problem_of(error, visit, SENT_FIELDS)))
    refused = [
        {**one, "title": await _title(visit, one), "why": refusal(visit, one["refused"])}
        for one in told
        if one["refused"] is not None
    ]
    return visit.page(
        "done_each.html",
        entries=[one["entry_index"] for one in told if one["refused"] is None],
        refused=refused,
        asked=read_asked(visit),
    )


def sent(visit: Visit) -> dict[str, Any]:
    """How and when it was sent, as the form says."""
    typed = visit.typed
    return {name: typed.get(name).strip() or None for name in ("how", "sent_on", "note")}


def ways(visit: Visit) -> list[tuple[str, str]]:
    return [("", str(visit.words("how-none"))), *((code, str(visit.words(f"how-{code}"))) for code in WAYS)]


def refusal(visit: Visit, refused: Mapping[str, Any]) -> str:
    """Why a duty was not said to be done."""
    return error_words(f"duty-{refused['code']}", str(refused["code"]), visit.lang)


def _named(text: str) -> dict[str, int] | None:
    entry, _, position = text.partition("-")
    if not all(part.isascii() and part.isdecimal() and len(part) < 16 for part in (entry, position)):
        return None
    return {"entry": int(entry), "position": int(position)}


async def _title(visit: Visit, one: Mapping[str, Any]) -> str:
    """What a refused duty is called, where it is one of the actor's institution."""
    try:
        found = await visit.call("obligation.facts", entry=one["entry"], position=one["position"])
    except StaffCallError:
        return str(visit.words("entry-number", visit.words.number(one["entry"])))
    ours = visit.is_own(found["unit"]["code"])
    return str(found["title"][visit.lang]) if ours else str(visit.words("entry-number", one["entry"]))


def _chips(visit: Visit, asked: Asked, counts: Mapping[str, int], most: int) -> list[tuple[str, str, bool, bool]]:
    """Words, the end of the address, whether it is shown now, whether it is late."""
    chips = []
    for when in (OPEN, *SLOTS):
        slots = DATED if when == OPEN else (when,)
        count = sum(counts.get(slot, 0) for slot in slots)
        capped = any(counts.get(slot, 0) >= most for slot in slots)
        number = visit.words("at-least", visit.words.number(count)) if capped else visit.words.number(count)
        words = visit.words(f"when-{when}")
        said = str(visit.words("pair", words, number) if all(slot in counts for slot in slots) else words)
        chips.append((said, asked.query(when=when), when == asked.when, when == "overdue" and count > 0))
    return chips


def _bodies(visit: Visit) -> tuple[str, str, list[tuple[str, str]]]:
    """The name of the filter, its words, and what may be chosen: an auditor's institutions, an officer's units."""
    units = visit.room.units
    if visit.has_role(Role.AUDITOR):
        found = {str(units.organization(code)): units.institution(code, visit.lang) for code in units.known}
        choices = sorted(found.items(), key=lambda one: one[1])
        return "institution", str(visit.words("institution")), [("", str(visit.words("institution-all"))), *choices]
    ours = [(code, visit.unit_name(code)) for code in units.of_institution(visit.actor.unit)]
    choices = sorted(ours, key=lambda one: one[1])
    return "unit", str(visit.words("unit")), [("", str(visit.words("unit-all"))), *choices]
