"""Staff actions: what staff did, newest first, filtered by the address; who did it, on a look-up that is on record; and
the rows as a file, which is an act too.

Invariants: an officer sees the acts of their own institution, an auditor all; officers' names come from the look-up
alone and lie under a reference that only whoever looked has; whom an act concerned is nowhere here. Does not: hold a
rule of what is on record.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

from starlette.responses import Response, StreamingResponse

from gateway.console.acts.filters import ActFilters, read_act_filters
from gateway.console.acts.words import WORDS
from gateway.console.authorization import every, own
from gateway.console.entries.listing import FAR_BEHIND, batches, csv_rows
from gateway.console.entries.naming import Option, short
from gateway.console.layout.errors import error_words
from gateway.console.protection.headers import page_headers
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.actor import Role
from gateway.staff.asking import StaffCallError

READERS: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR)
NAMING: Final = (Role.PRIVACY_OFFICER, Role.AUDITOR)
SHOWN: Final = 50
NAMED: Final = 100
KEPT_SECONDS: Final = 3600
LONGEST_NAME: Final = 64
_KEPT: Final = ("entry_index", "time", "requester", "reasons", "agreement", "refers_to", "officer")
_MEMBERS: Final = ("action", "unit", "from", "to")


async def acts(visit: Visit) -> Response:
    """The list."""
    filters, wrong = _asked_filters(visit)
    said = [pair for pair in visit.request.query_params.multi_items() if pair[0] in _MEMBERS]
    if visit.request.method == "GET" and not wrong and sorted(said) != sorted(filters.pairs()):
        return visit.go(f"/acts{filters.query()}")
    if wrong:
        visit = visit.with_problems(*visit.problems, *(Problem(str(visit.words(key)), field) for key, field in wrong))
    try:
        found = await _found(visit, filters)
    except StaffCallError as error:
        if error.code != "projection-unavailable":
            raise
        return visit.page("acts.html", list=None)
    return visit.page("acts.html", list=found)


async def _found(visit: Visit, filters: ActFilters) -> Mapping[str, Any]:
    asked, before = filters.arguments(), _index(visit.asked("before"))
    everything = ActFilters(own=filters.own).arguments()
    names, status, count, page, actions, units = await asyncio.gather(
        visit.call("log.names"),
        visit.call("projection.status"),
        visit.call("projection.count", **asked),
        visit.call("projection.page", before=before, limit=SHOWN, **asked),
        visit.call("projection.group", columns=["reason"], **everything),
        visit.call("projection.group", columns=["requester"], **everything),
    )
    chosen = filters.pairs()
    return {
        "filters": filters,
        "chips": [(_chip(visit, names, *pair), filters.query(without=pair)) for pair in chosen],
        "options": {
            "action": _options(
                filters, "action", actions["groups"], lambda code: short(action_words(visit, names, code))
            ),
            "unit": _options(filters, "unit", units["groups"], lambda code: _unit(visit, code)),
        },
        "status": status,
        "late": status["behind"] > 0 and status["lag_seconds"] > FAR_BEHIND,
        "count": count["entries"],
        "rows": lines(visit, names, page["rows"]),
        "before": page["before"],
        "continued": before is not None,
        "at": before,
        "names": visit.has_role(*NAMING),
    }


def lines(visit: Visit, names: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows as they are read."""
    return [
        {
            "entry_index": one["entry_index"],
            "time": one["time"],
            "unit": _unit(visit, one["requester"]),
            "said": [action_words(visit, names, code) for code in one["reasons"]],
            "agreement": visit.words.heading(names["agreement"][one["agreement"]])
            if one["agreement"] in names["agreement"]
            else one["agreement"],
            "refers_to": one["refers_to"],
            "officer": one.get("officer"),
        }
        for one in rows
    ]


def action_words(visit: Visit, names: Mapping[str, Any], code: str) -> str:
    """What was done; a code that nothing calls, by itself."""
    found = names["action"].get(code)
    return code if found is None else visit.words.title(found)


async def look_up(visit: Visit) -> Response:
    """Who acted, once that somebody looked is on record; then to what was found."""
    filters, wrong = _asked_filters(visit)
    officer, before = visit.typed.get("officer").strip(), _index(visit.typed.get("before"))
    if wrong:
        return await acts(visit)
    if len(officer) > LONGEST_NAME:
        return await acts(visit.with_problems(Problem(str(visit.words("name-long")), "officer")))
    try:
        told = await visit.call(
            "act.look-up",
            of=officer or None,
            where=filters.where(),
            before=before,
            limit=NAMED,
            **filters.days(),
        )
    except StaffCallError as error:
        return await acts(visit.with_problems(Problem(error_words(error.code, str(error), visit.lang, error.facts))))
    rows = [{name: one[name] for name in _KEPT} for one in told["rows"]]
    body = {
        "kind": "acts",
        "officer": visit.actor.officer,
        "of": officer,
        "pairs": filters.pairs(),
        "rows": rows,
        **{name: told[name] for name in ("read", "before", "entry_index")},
    }
    reference = await visit.room.references.keep(body, visit.room.sessions.now() + KEPT_SECONDS)
    return visit.go(f"/acts/named/{reference}")


async def named(visit: Visit) -> Response:
    """What a look-up found, for whoever looked."""
    kept = await _kept(visit)
    filters, _wrong = read_act_filters([(name, value) for name, value in kept["pairs"]], None)
    names = await visit.call("log.names")
    chips = [_chip(visit, names, name, value) for name, value in filters.pairs()]
    return visit.page("named.html", kept=kept, rows=lines(visit, names, kept["rows"]), filters=filters, chips=chips)


async def export(visit: Visit) -> Response:
    """The rows that the filters leave, once that is on record."""
    filters, wrong = _asked_filters(visit)
    if wrong:
        return await acts(visit)
    try:
        made = await visit.call("projection.export", form="csv", **filters.arguments())
    except StaffCallError as error:
        return await acts(visit.with_problems(Problem(error_words(error.code, str(error), visit.lang, error.facts))))
    headers = page_headers(visit.nonce, https=visit.room.https)
    headers |= {"content-disposition": f'attachment; filename="staff-actions-{made["entry_index"]}.csv"'}
    rows = csv_rows(visit, batches(visit, filters, made["up_to"]))
    return StreamingResponse(rows, media_type="text/csv", headers=headers)


def _asked_filters(visit: Visit) -> tuple[ActFilters, list[tuple[str, str]]]:
    """Of the address, or of the form."""
    mine = None if visit.has_role(Role.AUDITOR) else visit.room.units.organization(visit.actor.unit)
    if mine is None and not visit.has_role(Role.AUDITOR):
        raise NotHereError
    pairs = visit.typed.pairs() if visit.typed.sent else visit.request.query_params.multi_items()
    return read_act_filters(pairs, mine)


def _chip(visit: Visit, names: Mapping[str, Any], name: str, value: str) -> str:
    if name in ("from", "to"):
        return visit.words(f"chip-{name}", visit.words.day(value))
    said = short(action_words(visit, names, value)) if name == "action" else _unit(visit, value)
    return visit.words("pair", visit.words(f"filter-{name}"), said)


def _unit(visit: Visit, code: str) -> str:
    return str(visit.words("gateway")) if code == "gateway" else visit.unit_name(code)


def _options(filters: ActFilters, name: str, groups: Sequence[Mapping[str, Any]], said: Any) -> list[Option]:
    """What occurs and is not chosen yet."""
    taken = filters.chosen.get(name, ())
    codes = [one["values"][0] for one in groups if one["values"][0] and one["values"][0] not in taken]
    return sorted(((code, said(code)) for code in codes), key=lambda one: str(one[1]).casefold())


def _index(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 15 else None


async def _kept(visit: Visit) -> dict[str, Any]:
    """Raises NotHereError."""
    body = await visit.room.references.open(visit.part("reference"), visit.room.sessions.now())
    if body is None or body.get("officer") != visit.actor.officer or body.get("kind") != "acts":
        raise NotHereError
    return body


async def _mine(visit: Visit) -> str | None:
    """The actor's own unit where the reference is theirs."""
    body = await visit.room.references.open(visit.part("reference"), visit.room.sessions.now())
    return visit.actor.unit if body is not None and body.get("officer") == visit.actor.officer else None


ACTS: Final = Topic(
    "acts",
    WORDS,
    (
        show("/acts", acts, every(*READERS)),
        act("/acts/named", look_up, every(*NAMING), shows=acts),
        act("/acts/export", export, every(*NAMING), shows=acts),
        show("/acts/named/{reference}", named, own(*NAMING), _mine),
    ),
    menu="/acts",
    group="oversight",
)
