"""Keys of partners: which there are, until when; propose, approve by a second person, exchange with overlap, revoke at
once; and what a key signed.

Invariants: a thumbprint is what people compare, and stands wherever a key is approved or revoked; approving and
revoking want a proof of who acts; what a key signed names no person. Does not: make a key, or decide who may approve.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from starlette.responses import Response

from gateway.console.address_filters import FIRST_YEAR, LAST_YEAR
from gateway.console.authorization import every
from gateway.console.keys.pasted import LONGEST, PastedError, pasted_key
from gateway.console.keys.words import WORDS
from gateway.console.layout.errors import error_words
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.actor import Role
from gateway.domain.due import OTTAWA
from gateway.staff.asking import StaffCallError

READERS: Final = (Role.PRIVACY_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)
LONGEST_REASON: Final = 500
SOON: Final = timedelta(days=30)
STATES: Final = ("proposed", "active", "revoked")
SHOWN: Final = 200
_BREACH: Final = "/breaches/new"
Key = dict[str, Any]


async def keys(visit: Visit) -> Response:
    """Every key, what waits first."""
    found = await _keys(visit)
    groups = [(state, [one for one in found if one["status"] == state]) for state in STATES]
    return visit.page("keys.html", groups=groups, proposing=visit.has_role(Role.ADMINISTRATOR))


async def key(visit: Visit) -> Response:
    """One key, and what may be done with it."""
    one, others = await _one(visit)
    return visit.page("key.html", **_shown(visit, one, others))


def _shown(visit: Visit, one: Key, others: Sequence[Key]) -> dict[str, Any]:
    today = visit.room.now().astimezone(OTTAWA).date()
    return {
        "key": one,
        "others": others,
        "admin": visit.has_role(Role.ADMINISTRATOR),
        "active": sum(other["status"] == "active" for other in (*others, one)),
        "today": today.isoformat(),
        "week": (today - timedelta(days=7)).isoformat(),
        "used": None,
        "breach": _breach(visit),
    }


def _breach(visit: Visit) -> str | None:
    """`link` where whoever asks may open a breach here, `told` where others may, None where nobody can."""
    routes = [route for topic in visit.menu for route in topic.routes if route.path == _BREACH]
    if not routes:
        return None
    return "link" if routes[0].rule.admits(visit.actor) else "told"


async def new(visit: Visit) -> Response:
    """The form; `instead` is a key that the new one takes the place of."""
    units = sorted(
        ((code, visit.unit_name(code)) for code in visit.room.units.known), key=lambda one: one[1].casefold()
    )
    instead, wanted = None, visit.typed.get("instead") or visit.asked("instead")
    if wanted:
        instead = next((one for one in await _keys(visit) if one["keyid"] == wanted), None)
    return visit.page(
        "propose.html", units=units, instead=instead, longest=LONGEST, today=visit.room.now().astimezone(OTTAWA).date()
    )


async def propose(visit: Visit) -> Response:
    """Put a key on record, which counts for nothing yet; then to its page."""
    typed, problems = visit.typed, list[Problem]()
    unit, until = typed.get("unit"), typed.get("until").strip()
    if unit not in visit.room.units.known:
        problems.append(Problem(str(visit.words("unit-wrong")), "unit"))
    jwk: Mapping[str, str] = {}
    try:
        jwk = pasted_key(typed.get("key")).to_jwk()
    except PastedError as error:
        problems.append(Problem(str(visit.words(error.said)), "key"))
        if error.said == "key-private":
            # It is not sent back either, or kept anywhere with the form.
            visit = replace(visit, typed=replace(typed, fields={**typed.fields, "key": [""]}))
    if until and _day(until) is None:
        problems.append(Problem(str(visit.words("day-wrong")), "until"))
    if problems:
        return await new(visit.with_problems(*problems))
    try:
        told = await visit.call("key.propose", unit=unit, jwk=dict(jwk), until=until or None)
    except StaffCallError as error:
        return await new(visit.with_problems(_problem(error, visit)))
    return visit.go(f"/keys/{told['keyid']}")


async def approve(visit: Visit) -> Response:
    """By a second person, who compared the thumbprint."""
    if not visit.typed.ticked("compared"):
        return await key(visit.with_problems(Problem(str(visit.words("compare-tick")), "compared-yes")))
    return await _step(visit, "key.approve")


async def revoke(visit: Visit) -> Response:
    """At once, with a reason."""
    because = visit.typed.get("because").strip()
    if not because:
        return await key(visit.with_problems(Problem(str(visit.words("because-missing")), "because")))
    if len(because) > LONGEST_REASON:
        return await key(visit.with_problems(Problem(str(visit.words("because-long")), "because")))
    return await _step(visit, "key.revoke", because=because)


async def _step(visit: Visit, call: str, **arguments: str) -> Response:
    try:
        await visit.call(call, keyid=visit.part("keyid"), **arguments)
    except StaffCallError as error:
        return await key(visit.with_problems(_problem(error, visit)))
    return visit.go(f"/keys/{visit.part('keyid')}")


async def signed(visit: Visit) -> Response:
    """What the key signed in some days, once that somebody looked is on record."""
    one, others = await _one(visit)
    first, last = (_day(visit.typed.get(name).strip()) for name in ("first", "last"))
    problems = [
        Problem(str(visit.words("day-wrong")), name) for name, day in (("first", first), ("last", last)) if day is None
    ]
    if first and last and last < first:
        problems.append(Problem(str(visit.words("days-turned")), "last"))
    if problems or first is None or last is None:
        return await key(visit.with_problems(*problems))
    days = {"first": first.isoformat(), "last": last.isoformat()}
    try:
        used = await visit.call("key.signed", keyid=one["keyid"], **days)
    except StaffCallError as error:
        return await key(visit.with_problems(_problem(error, visit)))
    names = await visit.call("log.names")
    return visit.page(
        "key.html",
        **{**_shown(visit, one, others), "used": used},
        rows=[_line(visit, names, row) for row in used["signed"][:SHOWN]],
        unknown=[row["entry_index"] for row in used["unknown"][:SHOWN]],
        counts=_counts(used["signed"]),
        days=(first, last),
    )


def _line(visit: Visit, names: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    types, purposes = names["record-type"], names["purpose"]
    return {
        "entry_index": row["entry_index"],
        "time": row["time"],
        "kind": row["kind"],
        "record_type": visit.words.heading(types[row["record_type"]]) if row["record_type"] in types else "",
        "purpose": visit.words.title(purposes[row["purpose"]]) if row["purpose"] in purposes else "",
        "elements": len(row["disclosed"]),
        "records": row["records"],
    }


def _counts(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    left = [row for row in rows if row["kind"] in ("disclosure", "redelivery")]
    return {"left": len(left), "records": sum(row["records"] for row in left), "refused": len(rows) - len(left)}


async def _keys(visit: Visit) -> list[Key]:
    """Every key as a page shows it, by partner."""
    now = visit.room.now()
    found = []
    for one in await visit.call("key.list"):
        ends = None if one["valid_until"] is None else datetime.fromtimestamp(one["valid_until"], UTC)
        found.append(
            {
                **one,
                "name": visit.unit_name(one["unit"]),
                "from": datetime.fromtimestamp(one["valid_from"], UTC),
                "until": None if ends is None else ends - timedelta(seconds=1),
                "over": ends is not None and ends <= now,
                "soon": ends is not None and now < ends <= now + SOON,
            }
        )
    return sorted(found, key=lambda one: (one["name"].casefold(), -one["valid_from"]))


async def _one(visit: Visit) -> tuple[Key, list[Key]]:
    """The key that the address names, and the others of its unit. Raises NotHereError."""
    found = await _keys(visit)
    one = next((key for key in found if key["keyid"] == visit.part("keyid")), None)
    if one is None:
        raise NotHereError
    return one, [key for key in found if key["unit"] == one["unit"] and key is not one]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


_FIELDS: Final = {"known-key": "key", "until-past": "until", "party-unknown": "unit", "key-unreadable": "key"}


def _problem(error: StaffCallError, visit: Visit) -> Problem:
    if visit.words.has(f"error-{error.code}"):
        return Problem(str(visit.words(f"error-{error.code}")), _FIELDS.get(error.code))
    return Problem(error_words(error.code, str(error), visit.lang, error.facts))


_ONE: Final = "/keys/{keyid}"
_ADMIN: Final = every(Role.ADMINISTRATOR)
_BINDING: Final = every(Role.ADMINISTRATOR, step_up=True)
KEYS: Final = Topic(
    "keys",
    WORDS,
    (
        show("/keys", keys, every(*READERS)),
        show("/keys/propose", new, _ADMIN),
        act("/keys/propose", propose, _ADMIN, shows=new),
        show(_ONE, key, every(*READERS)),
        act(f"{_ONE}/approve", approve, _BINDING, shows=key),
        act(f"{_ONE}/revoke", revoke, _BINDING, shows=key),
        act(f"{_ONE}/signed", signed, every(*READERS), shows=key),
    ),
    menu="/keys",
    group="oversight",
)
