"""Flags: what is out of the ordinary, grouped by whom it belongs to, with its reason, its entries and its sign-off.

Invariant: nothing here blocks anything; a sign-off is on record before the page says so. Does not: say what is out of
the ordinary (`gateway.service.flags`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from starlette.responses import Response

from gateway.console.authorization import own
from gateway.console.flags.words import WORDS
from gateway.console.layout.errors import error_words
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.actor import Role
from gateway.service.flags.words import OUTCOMES
from gateway.staff.asking import StaffCallError

READERS: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR)
SIGNING: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD)
_FIELDS: Final = {"flag-outcome": "outcome", "flag-words": "words"}


async def flags(visit: Visit) -> Response:
    """What waits, by partner, case or officer; and what was signed off last."""
    found = await visit.call("flag.list")
    names = await visit.call("log.names")
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for one in found["flags"]:
        key = (one["group"], one["partner"] or "") if one["group"] == "partner" else (one["group"], one["token"])
        groups.setdefault(key, []).append(_named(one, names, visit))
    signed = [_named(one, names, visit) for one in found["signed"]]
    return visit.page("flags.html", groups=list(groups.values()), signed=signed, found=found)


async def flag(visit: Visit) -> Response:
    """One flag."""
    try:
        found = await visit.call("flag.show", flag=visit.part("flag"))
    except StaffCallError as error:
        if error.code == "flag-none":
            raise NotHereError from None
        raise
    names = await visit.call("log.names")
    return visit.page(
        "flag.html",
        one=_named(found, names, visit),
        outcomes=list(OUTCOMES[visit.lang].items()),
        signs=visit.has_role(*SIGNING) and found["waits"],
        query=_query(found, visit),
    )


async def sign(visit: Visit) -> Response:
    """Sign it off."""
    outcome, words = visit.typed.get("outcome"), visit.typed.get("words")
    problems = [] if outcome else [Problem(str(visit.words("say-outcome")), "outcome")]
    problems += [] if words.strip() else [Problem(str(visit.words("say-words")), "words")]
    if problems:
        return await flag(visit.with_problems(*problems))
    try:
        await visit.call("flag.sign", flag=visit.part("flag"), outcome=outcome, words=words)
    except StaffCallError as error:
        told = str(visit.words(error.code)) if visit.words.has(error.code) else ""
        said = told or error_words(error.code, str(error), visit.lang)
        return await flag(visit.with_problems(Problem(said, _FIELDS.get(error.code))))
    return visit.go(f"/flags/{visit.part('flag')}")


def _named(one: Mapping[str, Any], names: Mapping[str, Any], visit: Visit) -> dict[str, Any]:
    """With what its partner and element are called."""
    element = one["element"]
    called = next((parts[element] for parts in names["element"].values() if element in parts), None)
    return {
        **one,
        "partner_name": visit.unit_name(one["partner"]) if one["partner"] else "",
        "element_name": visit.words.heading(called) if called else element,
    }


def _query(one: Mapping[str, Any], visit: Visit) -> str:
    """The log's page with what the partner did that day; it lists requests by institution."""
    organization = visit.room.units.organization(one["partner"])
    pairs: Sequence[tuple[str, str]] = [("from", one["day"]), ("to", one["day"])]
    if organization:
        pairs = [*pairs, ("requester", organization)]
    if one["kind"] == "refusals":
        pairs = [*pairs, ("outcome", "denial")]
    if one["element"]:
        pairs = [*pairs, ("element", one["element"])]
    return f"?{urlencode(pairs)}"


async def flag_owner(visit: Visit) -> str | None:
    """A flag is of the institution that it was raised for; another's is not here."""
    try:
        await visit.call("flag.show", flag=visit.part("flag"))
    except StaffCallError:
        return None
    return visit.actor.unit


FLAGS: Final = Topic(
    "flags",
    WORDS,
    (
        show("/flags", flags, own(*READERS)),
        show("/flags/{flag}", flag, own(*READERS), flag_owner),
        act("/flags/{flag}", sign, own(*SIGNING), shows=flag, owner=flag_owner),
    ),
    menu="/flags",
    group="oversight",
)
