"""The monthly sample: entries that the log itself drew, reviewed one by one.

Invariant: what was drawn can be drawn again by anybody who has the log; the page says from what. Does not: draw.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from babel.dates import format_date
from starlette.responses import Response

from gateway.console.authorization import own
from gateway.console.layout.errors import error_words
from gateway.console.sample.words import WORDS
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.console.wording import LOCALES
from gateway.domain.actor import Role
from gateway.service.flags.words import REVIEWED
from gateway.staff.asking import StaffCallError

READERS: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR)
_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


async def sample(visit: Visit) -> Response:
    """The months, and the entries of one."""
    try:
        samples = (await visit.call("sample.list"))["samples"]
        asked = visit.typed.get("month") or visit.asked("month") or (samples[0]["month"] if samples else "")
        one = await visit.call("sample.show", month=asked) if asked in [found["month"] for found in samples] else None
    except StaffCallError as error:
        if error.code != "projection-unavailable":
            raise
        return visit.page("sample.html", samples=[], one=None, unavailable=True)
    if asked and one is None:
        raise NotHereError
    entries = await _entries(visit, one) if one else []
    return visit.page(
        "sample.html",
        samples=[_called(found, visit) for found in samples],
        one=_called(one, visit) if one else None,
        entries=entries,
        outcomes=[("", visit.words("choose")), *REVIEWED[visit.lang].items()],
        reviews=visit.has_role(Role.PRIVACY_OFFICER),
        unavailable=False,
    )


async def review(visit: Visit) -> Response:
    """Say what the review of one entry found."""
    month, entry = visit.typed.get("month"), visit.typed.get("entry")
    outcome, words = visit.typed.get("outcome"), visit.typed.get("words")
    if not _MONTH.fullmatch(month) or not entry.isascii() or not entry.isdecimal() or len(entry) > 15:
        raise NotHereError
    problems = [] if outcome else [Problem(str(visit.words("say-outcome")), "outcome")]
    problems += [] if words.strip() else [Problem(str(visit.words("say-words")), "words")]
    if problems:
        return await sample(visit.with_problems(*problems))
    try:
        await visit.call("sample.review", month=month, entry=int(entry), outcome=outcome, words=words)
    except StaffCallError as error:
        if error.code == "sample-none":
            said = str(visit.words("sample-none"))
        else:
            said = error_words(error.code, str(error), visit.lang)
        return await sample(visit.with_problems(Problem(said)))
    return visit.go("/sample", month=month)


def _called(one: Mapping[str, Any], visit: Visit) -> dict[str, Any]:
    name = format_date(date.fromisoformat(f"{one['month']}-01"), "MMMM y", locale=LOCALES[visit.lang])
    return {**one, "name": name[:1].upper() + name[1:]}


async def _entries(visit: Visit, one: Mapping[str, Any]) -> list[dict[str, Any]]:
    """With what each is about, in one line."""
    found = []
    for entry in one["entries"]:
        told = await visit.call("entry.explain", entry=entry["entry_index"])
        members = told["members"]
        found.append({**entry, "at": members["time"], "requester": members["requester"], "kind": members["kind"]})
    return found


SAMPLE: Final = Topic(
    "sample",
    WORDS,
    (
        show("/sample", sample, own(*READERS)),
        act("/sample/review", review, own(Role.PRIVACY_OFFICER), shows=sample),
    ),
    menu="/sample",
    group="oversight",
)
