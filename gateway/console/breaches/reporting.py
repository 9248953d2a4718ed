"""A breach from its window to its report: what and how many people it concerns, whom, and the form that puts it on
record with its reports, notices and letter.

Invariants: counts come before people, and people only after a reading that is on record; what was typed stays; the
time of the determination is Ottawa's. Does not: judge whether a breach is material.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from starlette.responses import Response

from gateway.console.breaches.scope import ScopeAsked, read_scope
from gateway.console.layout.refused import problem_of
from gateway.console.person.schemes import SCHEMES
from gateway.console.visit import Problem, Visit
from gateway.domain.due import OTTAWA
from gateway.staff.asking import StaffCallError

MOST_NAMED: Final = 200
"""Entries that a report names one by one."""
_TEXTS: Final = ("what", "measures", "kinds", "kinds_fr", "harm", "contact", "for_people", "for_people_fr")
_DAYS: Final = ("occurred", "discovered")
_TOLD: Final = ("yes", "no", "later")
_FIELDS: Final[Mapping[str, str]] = {
    **{name: name for name in (*_DAYS, "people")},
    "determined": "determined_on",
    "agreement": "agreements",
    "nothing-concerned": "agreements",
    "for-people": "for_people",
    "first": "from",
    "last": "to",
    "unknown-key": "key",
}


async def new_breach(visit: Visit) -> Response:
    """The window, then what it concerns, then the report."""
    asked, scope = read_scope(visit), None
    if asked.complete:
        try:
            scope = await visit.call("breach.scope", **asked.arguments())
        except StaffCallError as error:
            visit = replace(visit, problems=(*visit.problems, problem_of(error, visit, _FIELDS)), status=422)
    names = await visit.call("log.names")
    titles = {code: title[visit.lang] for code, title in names["agreement"].items()}
    institutions = {code: title[visit.lang] for code, title in names["organization"].items()}
    concerned = {code: titles.get(code, code) for code in scope["agreements"]} if scope else titles
    return visit.page(
        "new.html",
        asked=asked,
        scope=scope,
        named=scope is not None and scope["indexes"] is not None and 0 < len(scope["indexes"]) <= MOST_NAMED,
        agreements=_ordered(titles),
        institutions=_ordered(institutions),
        keys=await _keys(visit),
        concerned=_ordered(concerned),
        elements=_elements(visit, scope),
        today=visit.room.now().astimezone(OTTAWA),
        told=[(code, str(visit.words(f"told-{code}"))) for code in _TOLD],
    )


async def people(visit: Visit) -> Response:
    """Whom it concerns; the reading is on record first."""
    asked = read_scope(visit)
    if not asked.complete:
        return await new_breach(visit.with_problems(Problem(str(visit.words("days-missing")), "from")))
    try:
        told = await visit.call("breach.people", **asked.arguments())
    except StaffCallError as error:
        return await new_breach(visit.with_problems(problem_of(error, visit, _FIELDS)))
    rows = sorted(told, key=lambda one: (one["scheme"], one["value"]))
    return visit.page("people.html", rows=rows, asked=asked, known=SCHEMES)


async def report(visit: Visit) -> Response:
    """On record, with its clocks running."""
    typed, problems = visit.typed, list[Problem]()
    determined = _moment(typed.get("determined_on"), typed.get("determined_at"))
    if determined is None:
        problems.append(Problem(str(visit.words("determined-missing")), "determined_on"))
    count = typed.get("people").strip()
    if not count.isascii() or not count.isdecimal() or len(count) > 9:
        problems.append(Problem(str(visit.words("people-missing")), "people"))
    problems += [
        Problem(str(visit.words("text-missing")), name) for name in ("what", "measures") if not typed.get(name).strip()
    ]
    if problems:
        return await new_breach(visit.with_problems(*problems))
    try:
        told = await visit.call(
            "breach.report",
            agreements=typed.all("agreements"),
            entries=await _entries(visit, read_scope(visit)) if typed.ticked("entries") else [],
            determined_at=determined,
            people=int(count),
            people_told=typed.get("people_told") or None,
            **{name: typed.get(name).strip() or None for name in (*_TEXTS, *_DAYS)},
        )
    except StaffCallError as error:
        return await new_breach(visit.with_problems(problem_of(error, visit, _FIELDS)))
    return visit.go(f"/breaches/{told['entry_index']}")


async def _entries(visit: Visit, asked: ScopeAsked) -> Sequence[int]:
    """Those of the window, where they are few enough to be named. Raises StaffCallError."""
    found: Sequence[int] | None = (await visit.call("breach.scope", **asked.arguments()))["indexes"]
    return found if found is not None and len(found) <= MOST_NAMED else []


def _moment(day: str, at: str) -> str | None:
    """A day and an hour in Ottawa, as a time with its zone."""
    try:
        return datetime.combine(date.fromisoformat(day.strip()), time.fromisoformat(at.strip()), OTTAWA).isoformat()
    except ValueError:
        return None


def _ordered(titles: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(titles.items(), key=lambda one: one[1])


async def _keys(visit: Visit) -> list[tuple[str, str]]:
    """Every partner's keys, by what the partner is called; a key itself by its first letters."""
    rows = await visit.call("key.list")
    named = [
        (one["keyid"], visit.words("key-of", visit.unit_name(one["unit"]), one["keyid"][:8]))
        for one in rows
        if not visit.is_own(one["unit"])
    ]
    return sorted(named, key=lambda one: one[1])


def _elements(visit: Visit, scope: Mapping[str, Any] | None) -> list[tuple[str, list[tuple[str, int]]]]:
    """By record type, elements that left with the number of entries, the most first."""
    if scope is None:
        return []
    found: dict[str, list[tuple[str, int]]] = {}
    for one in sorted(scope["elements"], key=lambda row: -row["entries"]):
        titles = one["titles"]
        found.setdefault(titles["record_type"][visit.lang], []).append((titles["element"][visit.lang], one["entries"]))
    return sorted(found.items())
