"""The rulebook and configuration as they were on any day: which agreements were in force, in which version, which were
suspended, and every document as it was.

Invariant: a day is one in Ottawa and means its end, or now where it is today; everything comes from the entries that
put the rulebook on record. Does not: change anything, or say what a document means.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from starlette.responses import Response

from gateway.console.address_filters import FIRST_YEAR, LAST_YEAR
from gateway.console.authorization import every
from gateway.console.rulebook.words import WORDS
from gateway.console.topic import Topic, show
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.actor import Role
from gateway.domain.due import OTTAWA
from gateway.staff.asking import StaffCallError

READERS: Final = (
    Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR, Role.ADMINISTRATOR,
    Role.POLICY_EDITOR, Role.POLICY_APPROVER, Role.POLICY_PUBLISHER,
)  # fmt: skip
STEPS_SHOWN: Final = 50
STANDINGS: Final = ("in-force", "suspended", "not-yet-in-force", "expired", "terminated")
_NO_RULEBOOK: Final = frozenset({"no-rulebook-then", "rulebook-not-kept"})


async def rulebook(visit: Visit) -> Response:
    """The rulebook on a day."""
    today = visit.room.now().astimezone(OTTAWA).date()
    day, wrong = _day(visit, today)
    if wrong:
        visit = visit.with_problems(Problem(str(visit.words(wrong)), "day"))
    names = await visit.call("log.names")
    shown: dict[str, Any] = {"day": day, "today": today, "names": names, "then": None, "why": None}
    try:
        then = await visit.call("rulebook.as-of", at=_moment(visit, day, today).isoformat())
    except StaffCallError as error:
        if error.code not in _NO_RULEBOOK:
            raise
        return visit.page("rulebook.html", **{**shown, "why": error.code})
    return visit.page("rulebook.html", **{**shown, "then": then}, **_told(visit, names, then))


def _told(visit: Visit, names: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any]:
    standings = [one["standing"] for one in then["agreements"]]
    paths = {path.rsplit("/", 1)[-1].removesuffix(".yaml"): digest for path, digest in then["files"].items()}
    order = sorted(then["agreements"], key=lambda one: (STANDINGS.index(one["standing"]), one["agreement"]))
    steps = [
        {
            **one,
            "said": visit.words.title(names["action"][one["action"]]) if one["action"] in names["action"] else "",
            "day": datetime.fromisoformat(one["at"]).astimezone(OTTAWA).date().isoformat(),
            "later": one["at"] > then["since"],
        }
        for one in then["steps"]
    ]
    return {
        "agreements": order,
        "document_of": paths,
        "counts": [(standing, standings.count(standing)) for standing in STANDINGS if standing in standings],
        "steps": steps[:STEPS_SHOWN],
        "more_steps": max(0, len(steps) - STEPS_SHOWN),
    }


async def document(visit: Visit) -> Response:
    """A document as it was."""
    told, day = await _document(visit)
    return visit.page("document.html", told=told, day=day)


async def file(visit: Visit) -> Response:
    """The same, byte for byte."""
    told, _day = await _document(visit)
    return visit.send(told["text"].encode(), "application/yaml; charset=utf-8", told["path"].rsplit("/", 1)[-1])


async def _document(visit: Visit) -> tuple[Mapping[str, Any], date]:
    """Raises NotHereError."""
    today = visit.room.now().astimezone(OTTAWA).date()
    day, wrong = _day(visit, today)
    if wrong:
        raise NotHereError
    try:
        asked = {"at": _moment(visit, day, today).isoformat(), "digest": visit.part("digest")}
        return await visit.call("rulebook.document", **asked), day
    except StaffCallError as error:
        if error.code in _NO_RULEBOOK | {"unknown-document"}:
            raise NotHereError from None
        raise


def _day(visit: Visit, today: date) -> tuple[date, str | None]:
    """The day that the address names, today where it names none; and what is wrong with it."""
    said = visit.asked("day")
    if not said:
        return today, None
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return today, "day-wrong"
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return today, "day-wrong"
    return (today, "day-future") if found > today else (found, None)


def _moment(visit: Visit, day: date, today: date) -> datetime:
    """The end of the day, or now."""
    if day == today:
        return visit.room.now()
    return datetime.combine(day + timedelta(days=1), time(), OTTAWA) - timedelta(microseconds=1)


RULEBOOK: Final = Topic(
    "rulebook",
    WORDS,
    (
        show("/rulebook", rulebook, every(*READERS)),
        show("/rulebook/{digest}", document, every(*READERS)),
        show("/rulebook/{digest}/file", file, every(*READERS)),
    ),
    menu="/rulebook",
    group="oversight",
)
