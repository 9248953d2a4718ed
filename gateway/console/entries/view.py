"""The log's addresses: its list (`listing`), and the Why page of an entry: who asked for what, what was decided and on
whose authority, what left, and the proof.

Invariant: everything on it is made of the entry, which names no person. Does not: judge anew.
"""

from typing import Final

from starlette.responses import Response

from gateway.console.authorization import every
from gateway.console.entries.listing import EXPORTING, LISTING, export, log, news
from gateway.console.entries.words import WORDS
from gateway.console.layout.errors import error_words
from gateway.console.topic import Topic, act, show
from gateway.console.visit import Problem, Visit
from gateway.domain.actor import Role
from gateway.staff.asking import StaffCallError

READERS: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR, Role.ADMINISTRATOR)
RECOMPUTING: Final = (Role.PRIVACY_OFFICER, Role.AUDITOR)


async def go_to(visit: Visit) -> Response:
    text = visit.typed.get("entry").strip().replace(" ", "").replace("\u202f", "").replace("\xa0", "").replace(",", "")
    if not text.isascii() or not text.isdecimal() or len(text) > 15:
        return await log(visit.with_problems(Problem(str(visit.words("number-wanted")), "entry")))
    return visit.go(f"/log/{int(text)}")


async def why(visit: Visit) -> Response:
    """An entry in words."""
    told = await visit.call("entry.explain", entry=visit.number("entry"))
    one = told["members"]
    can = told["decision"] and one["policy_revision"] is not None and visit.has_role(*RECOMPUTING)
    return visit.page("why.html", told=told, sections=told["sections"][visit.lang], one=one, recomputes=can)


async def raw(visit: Visit) -> Response:
    """The canonical entry, byte for byte."""
    told = await visit.call("entry.bytes", entry=visit.number("entry"))
    return visit.send(told["entry"].encode(), "application/json", f"entry-{told['entry_index']}.json")


async def recompute(visit: Visit) -> Response:
    """The decision once more, under what it was made under; on record."""
    try:
        told = await visit.call("log.replay", entry=visit.number("entry"))
    except StaffCallError as error:
        return await why(visit.with_problems(Problem(error_words(error.code, str(error), visit.lang, error.facts))))
    return visit.page("recomputed.html", told=told, entry=visit.number("entry"))


ENTRIES: Final = Topic(
    "entries",
    WORDS,
    (
        show("/log", log, every(*READERS)),
        act("/log/find", go_to, every(*READERS), shows=log),
        show("/log/news", news, every(*LISTING), quiet=True),
        act("/log/export", export, every(*EXPORTING), shows=log),
        show("/log/{entry}", why, every(*READERS)),
        show("/log/{entry}/entry.json", raw, every(*READERS)),
        act("/log/{entry}/recompute", recompute, every(*RECOMPUTING), shows=why),
    ),
    menu="/log",
)
