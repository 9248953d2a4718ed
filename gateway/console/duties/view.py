"""The duties' addresses: the list (`listing`), a duty with what the law asks and the notice it demands, a provision of
the register, and a new consistent use.

Invariants: reading a draft is on record before it is shown, and so is taking it away; the person a duty is about is
shown only after a look-up that is on record. Does not: send anything.
"""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from gateway.console.authorization import every, own
from gateway.console.duties.consistent_use import consistent_use, note_use
from gateway.console.duties.listing import LISTING, SENT_FIELDS, done_each, duties, sent, ways
from gateway.console.duties.words import WORDS
from gateway.console.layout.errors import error_words
from gateway.console.layout.refused import problem_of
from gateway.console.person.kept import keep_person
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.actor import ALL_ROLES, Role
from gateway.service.obligation.notices import TO_PEOPLE
from gateway.service.obligation.work_list import WAYS
from gateway.service.words.sentences import BOTH, Lang
from gateway.service.words.staff import HELD
from gateway.staff.asking import StaffCallError

_FILES: Final[Mapping[str, tuple[Lang, str]]] = {
    f"notice-{lang}.{kind}": (lang, kind) for lang in BOTH for kind in ("pdf", "txt")
}
_FIELDS: Final[Mapping[str, str]] = {**SENT_FIELDS, "held": "despite_hold"}
_DUTY_ERRORS: Final = frozenset({"done-already", "by-review-only", "held"})
_READERS: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD)


async def duty(visit: Visit) -> Response:
    """What is asked, by whom and by when; the draft, whose reading is on record."""
    which = _which(visit)
    found = await visit.call("obligation.facts", **which)
    notice, missing = None, False
    if found["notice"]:
        try:
            notice = await visit.call("obligation.show", **which)
        except StaffCallError as error:
            if error.code != "notice-incomplete":
                raise
            missing = True
    return visit.page(
        "duty.html",
        one=found,
        path=f"/duties/{which['entry']}/{which['position']}",
        letters=_letters(visit, notice) if notice else None,
        held=HELD[visit.lang].get(notice["held"], notice["held"]) if notice and notice["held"] else None,
        missing=missing,
        protected=notice is not None and notice["code"] not in TO_PEOPLE,
        marks=visit.has_role(Role.PRIVACY_OFFICER) and found["done_at"] is None and found["code"] != "after-review",
        reviews=found["done_at"] is None and found["code"] == "after-review",
        breach=found["code"].startswith("breach-"),
        ways=ways(visit),
        files=list(_FILES),
        officer=visit.has_role(Role.PRIVACY_OFFICER),
    )


async def done(visit: Visit) -> Response:
    """The duty is fulfilled, or its notice sent."""
    which = _which(visit)
    if visit.typed.get("how") not in ("", *WAYS):
        return await duty(visit.with_problems(Problem(str(visit.words("how-wrong")), "how")))
    despite = visit.typed.get("despite_hold").strip() or None
    try:
        told = await visit.call("obligation.done", **which, **sent(visit), despite_hold=despite)
    except StaffCallError as error:
        return await duty(visit.with_problems(_problem(error, visit)))
    found = await visit.call("obligation.facts", **which)
    return visit.page("done.html", told=told, one=found)


async def person(visit: Visit) -> Response:
    """To the person's page, once the look-up is on record."""
    told = await visit.call("obligation.person", **_which(visit))
    if told["subject"] is None:
        key = "people-none" if told["people"] == 0 else "people-many"
        return await duty(visit.with_problems(Problem(str(visit.words(key, count=told["people"])))))
    return visit.go(f"/person/{await keep_person(visit, told['subject'], told['entries'])}")


async def notice_file(visit: Visit) -> Response:
    """A draft to take away."""
    name = visit.part("file")
    if name not in _FILES:
        raise NotHereError
    notice = await visit.call("obligation.show", **_which(visit))
    if notice is None:
        raise NotHereError
    lang, kind = _FILES[name]
    protected = notice["code"] not in TO_PEOPLE
    stated = f"{notice['code']}-{visit.number('entry')}-{visit.number('position')}-{lang}.{kind}"
    if kind == "txt":
        body = visit.room.letters.text(notice[lang], lang, protected=protected)
        return visit.send(body, "text/plain; charset=utf-8", stated)
    return visit.send(visit.room.letters.pdf(notice[lang], lang, protected=protected), "application/pdf", stated)


async def provision(visit: Visit) -> Response:
    """What the register says of a provision."""
    return visit.page("provision.html", one=await visit.call("provision.show", provision=visit.part("provision")))


def _letters(visit: Visit, notice: Mapping[str, Any]) -> list[tuple[Lang, str]]:
    """In both languages, the reader's first."""
    protected = notice["code"] not in TO_PEOPLE
    ordered = sorted(BOTH, key=lambda lang: lang != visit.lang)
    return [(lang, visit.room.letters.text(notice[lang], lang, protected=protected).decode()) for lang in ordered]


def _which(visit: Visit) -> dict[str, int]:
    return {"entry": visit.number("entry"), "position": visit.number("position")}


async def _bound(visit: Visit) -> str | None:
    """The unit that the duty binds."""
    unit: str = (await visit.call("obligation.facts", **_which(visit)))["unit"]["code"]
    return unit


def _problem(error: StaffCallError, visit: Visit) -> Problem:
    if error.code in _DUTY_ERRORS:
        return Problem(error_words(f"duty-{error.code}", str(error), visit.lang), _FIELDS.get(error.code))
    return problem_of(error, visit, _FIELDS)


_ONE: Final = "/duties/{entry}/{position}"
_OFFICER: Final = own(Role.PRIVACY_OFFICER)
DUTIES: Final = Topic(
    "duties",
    WORDS,
    (
        show("/duties", duties, every(*LISTING)),
        act("/duties/done", done_each, _OFFICER, shows=duties),
        show("/duties/new-use", consistent_use, _OFFICER),
        act("/duties/note-use", note_use, _OFFICER, shows=consistent_use),
        show("/duties/law/{provision}", provision, every(*ALL_ROLES)),
        show(_ONE, duty, own(*_READERS), _bound),
        act(f"{_ONE}/done", done, _OFFICER, shows=duty, owner=_bound),
        act(f"{_ONE}/person", person, _OFFICER, shows=duty, owner=_bound),
        show(f"{_ONE}/{{file}}", notice_file, own(*_READERS), _bound),
    ),
    menu="/duties",
)
