"""The Why page of an entry: who asked for what, what was decided and on whose authority, what left, and the proof.

Invariant: everything on it is made of the entry, which names no person. Does not: judge anew.
"""

from typing import Any, Final

from starlette.responses import Response

from gateway.console.authorization import every
from gateway.console.entries.words import WORDS
from gateway.console.topic import Topic, act, show
from gateway.console.visit import Problem, Visit
from gateway.domain.actor import Role

READERS: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR, Role.ADMINISTRATOR)
_OF_INSTITUTION: Final = ("requester", "recipient", "custodian")


async def find(visit: Visit) -> Response:
    """Which entry."""
    standing = await visit.call("log.standing")
    return visit.page("find.html", standing=standing)


async def go_to(visit: Visit) -> Response:
    text = visit.typed.get("entry").strip().replace(" ", "").replace("\u202f", "").replace("\xa0", "").replace(",", "")
    if not text.isascii() or not text.isdecimal() or len(text) > 15:
        return await find(visit.with_problems(Problem(str(visit.words("number-wanted")), "entry")))
    return visit.go(f"/log/{int(text)}")


async def why(visit: Visit) -> Response:
    """An entry in words."""
    told = await visit.call("entry.explain", entry=visit.number("entry"))
    return visit.page("why.html", told=told, sections=told["sections"][visit.lang], one=told["members"])


async def raw(visit: Visit) -> Response:
    """The canonical entry, byte for byte."""
    told = await visit.call("entry.bytes", entry=visit.number("entry"))
    return visit.send(told["entry"].encode(), "application/json", f"entry-{told['entry_index']}.json")


async def concerned(visit: Visit) -> str | None:
    """A unit of the entry: the actor's own where it is among them. An auditor reads every entry."""
    told = await visit.call("entry.explain", entry=visit.number("entry"))
    if visit.has_role(Role.AUDITOR):
        return visit.actor.unit
    members: dict[str, Any] = told["members"]
    units = [members[name] for name in _OF_INSTITUTION if members[name]]
    return next((unit for unit in units if visit.is_own(unit)), units[0] if units else None)


ENTRIES: Final = Topic(
    "entries",
    WORDS,
    (
        show("/log", find, every(*READERS)),
        act("/log/find", go_to, every(*READERS), shows=find),
        show("/log/{entry}", why, every(*READERS)),
        show("/log/{entry}/entry.json", raw, every(*READERS)),
    ),
    menu="/log",
)
