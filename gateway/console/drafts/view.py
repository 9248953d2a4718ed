"""A draft on its way: what it changes, what is wrong with it, how it differs; submit, approve, publish, withdraw.

Invariants: what is approved or published is named by its digest, which the page shows and the form sends; who approves
or publishes acts for an institution that the draft concerns and has just proven who they are. Does not: edit a
document (`editing`, `text`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from starlette.responses import Response

from gateway.console.agreements.errors import step_words
from gateway.console.agreements.names import names_for
from gateway.console.agreements.view import DRAFT_READERS
from gateway.console.authorization import every, own
from gateway.console.drafts import editing, simulation, text
from gateway.console.drafts.reading import changed_lines
from gateway.console.drafts.words import WORDS
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.actor import Role
from gateway.domain.due import OTTAWA
from gateway.staff.asking import StaffCallError

_NEW_FIELDS: Final = {"day": "effective", "term": "expiry", "exists-already": "name", "not-a-document": "name"}
LONGEST: Final = 1_000_000
"""Bytes of a form that holds a whole document."""
EDITABLE: Final = frozenset({"draft", "in-review", "approved"})


async def draft(visit: Visit) -> Response:
    """Where it stands, whose turn it is, what it changes and what is wrong with it."""
    name = visit.part("draft")
    about = await visit.call("draft.about", draft=name)
    told = await visit.call("agreement.check", draft=name) if about["state"] in EDITABLE | {"scheduled"} else None
    paths = {path.removeprefix("extra/") for path in about["files"]}
    findings = (
        [] if told is None else [one for one in told["findings"] if one["severity"] == "error" or one["file"] in paths]
    )
    own_matter = await concerned(visit) == visit.actor.unit
    return visit.page(
        "draft.html",
        about=about,
        names=await names_for(visit),
        titles={one["content"]["id"]: one["content"]["title"] for one in about["documents"] if one["content"]},
        findings=findings,
        errors=sum(one["severity"] == "error" for one in findings),
        editable=about["state"] in EDITABLE,
        edits=visit.has_role(Role.POLICY_EDITOR) and await writers(visit) == visit.actor.unit,
        approves=visit.has_role(Role.POLICY_APPROVER) and own_matter,
        publishes=visit.has_role(Role.POLICY_PUBLISHER) and own_matter,
        trial=(await visit.call("simulation.show", draft=name))["trial"],
    )


async def compare(visit: Visit) -> Response:
    """How the draft differs from what is in force: in plain words for agreements, by line for the rest."""
    name = visit.part("draft")
    about = await visit.call("draft.about", draft=name)
    parts = []
    for one in about["documents"]:
        part: dict[str, Any] = {
            "path": one["path"],
            "lines": [],
            "words": None,
            "problem": None,
            "new": one["base"] is None,
        }
        part["lines"] = list(changed_lines(one["base"] or "", one["text"] or ""))
        if "isa/" in one["path"] and one["base"] is not None and one["content"] is not None:
            agreement = one["content"]["id"]
            try:
                part["words"] = await visit.call("agreement.diff", old=agreement, new=f"{name}/{agreement}")
            except StaffCallError as error:
                part["problem"] = step_words(error, visit.lang)
        parts.append(part)
    titles = {one["content"]["id"]: one["content"]["title"] for one in about["documents"] if one["content"]}
    return visit.page("compare.html", about=about, parts=parts, names=await names_for(visit), titles=titles)


async def submit(visit: Visit) -> Response:
    return await _step(visit, "draft.submit", revision=_revision(visit))


async def withdraw(visit: Visit) -> Response:
    return await _step(visit, "draft.withdraw", revision=_revision(visit))


async def approve(visit: Visit) -> Response:
    """Exactly what has the digest that the page showed."""
    shown = visit.typed.get("digest")[:12]
    if not visit.typed.ticked("read", shown):
        return await draft(visit.with_problems(Problem(str(visit.words("say-read")), f"read-{shown}")))
    office = visit.typed.get("office").strip()
    return await _step(visit, "draft.approve", digest=visit.typed.get("digest"), office=office)


async def publish(visit: Visit) -> Response:
    return await _step(visit, "draft.publish", digest=visit.typed.get("digest"))


async def schedule(visit: Visit) -> Response:
    """At a minute in Ottawa."""
    try:
        at = datetime.fromisoformat(f"{visit.typed.get('day').strip()}T{visit.typed.get('minute').strip() or '00:00'}")
    except ValueError:
        return await draft(visit.with_problems(Problem(str(visit.words("say-when")), "day")))
    moment = at.replace(tzinfo=OTTAWA).isoformat()
    return await _step(visit, "draft.schedule", digest=visit.typed.get("digest"), at=moment)


async def new_form(visit: Visit) -> Response:
    """A new agreement begins with the text of another one."""
    rows = (await visit.call("agreement.list"))["agreements"]
    sources = sorted(((one["agreement"], one["title"][visit.lang]) for one in rows), key=lambda pair: pair[1])
    return visit.page("new.html", sources=sources)


async def new(visit: Visit) -> Response:
    typed = visit.typed
    stated = {
        "source": typed.get("source"),
        "name": typed.get("name").strip().lower(),
        "title_en": typed.get("title-en").strip(),
        "title_fr": typed.get("title-fr").strip(),
        "effective": typed.get("effective").strip(),
        "expiry": typed.get("expiry").strip(),
    }
    missing = [name for name in ("name", "title_en", "title_fr", "effective", "expiry") if not stated[name]]
    if missing:
        problems = [Problem(str(visit.words("missing")), name.replace("_", "-")) for name in missing]
        return await new_form(visit.with_problems(*problems))
    try:
        made = await visit.call("draft.begin", **stated)
    except StaffCallError as error:
        field = _NEW_FIELDS.get(error.code)
        return await new_form(visit.with_problems(Problem(step_words(error, visit.lang), field)))
    return visit.go(f"/drafts/{made['draft']}/edit/{stated['name']}")


async def _step(visit: Visit, call: str, **arguments: Any) -> Response:
    name = visit.part("draft")
    try:
        await visit.call(call, draft=name, **arguments)
    except StaffCallError as error:
        return await draft(visit.with_problems(Problem(step_words(error, visit.lang))))
    return visit.go(f"/drafts/{name}")


def _revision(visit: Visit) -> int:
    text = visit.typed.get("revision")
    if not text.isdecimal() or len(text) > 9:
        raise NotHereError
    return int(text)


async def concerned(visit: Visit) -> str | None:
    """A unit of the actor's institution where the draft concerns it, else one of an institution that it concerns."""
    about = await visit.call("draft.about", draft=visit.part("draft"))
    return _unit(visit, about["organizations"])


async def writers(visit: Visit) -> str | None:
    """The same, for who edits: the institution that opened the draft too."""
    about = await visit.call("draft.about", draft=visit.part("draft"))
    opened = visit.room.units.organization(about["unit"])
    return _unit(visit, [*about["organizations"], *([opened] if opened and about["organizations"] else [])])


def _unit(visit: Visit, organizations: list[str]) -> str | None:
    units = visit.room.units
    if not organizations or units.organization(visit.actor.unit) in organizations:
        return visit.actor.unit
    return next((unit for unit in units.known if units.organization(unit) in organizations), None)


_ONE: Final = "/drafts/{draft}"
_EDIT: Final = f"{_ONE}/edit/{{agreement}}"
_READ: Final = every(*DRAFT_READERS)
_WRITE: Final = own(Role.POLICY_EDITOR)
_APPROVE: Final = own(Role.POLICY_APPROVER, step_up=True)
_PUBLISH: Final = own(Role.POLICY_PUBLISHER, step_up=True)


def _guided(path: str, form: Callable[..., Any], save: Callable[..., Any]) -> tuple[Any, Any]:
    return (
        show(_EDIT + path, form, _WRITE, writers),
        act(_EDIT + path, save, _WRITE, shows=form, owner=writers),
    )


DRAFTS: Final = Topic(
    "drafts",
    WORDS,
    (
        show("/drafts/new", new_form, every(Role.POLICY_EDITOR)),
        act("/drafts/new", new, every(Role.POLICY_EDITOR), shows=new_form),
        show(_ONE, draft, _READ),
        show(f"{_ONE}/compare", compare, _READ),
        show(f"{_ONE}/simulation", simulation.simulation, _READ),
        show(f"{_ONE}/simulation/progress", simulation.progress, _READ, quiet=True),
        act(f"{_ONE}/simulation", simulation.run, every(*simulation.TRYING), shows=simulation.simulation),
        act(f"{_ONE}/simulation/stop", simulation.stop, every(*simulation.TRYING), shows=simulation.simulation),
        act(f"{_ONE}/submit", submit, _WRITE, shows=draft, owner=writers),
        act(f"{_ONE}/withdraw", withdraw, _WRITE, shows=draft, owner=writers),
        act(f"{_ONE}/approve", approve, _APPROVE, shows=draft, owner=concerned),
        act(f"{_ONE}/publish", publish, _PUBLISH, shows=draft, owner=concerned),
        act(f"{_ONE}/schedule", schedule, _PUBLISH, shows=draft, owner=concerned),
        show(_EDIT, editing.agreement, _READ),
        *_guided("/term", editing.term_form, editing.term),
        *_guided("/new-schedule", editing.new_schedule_form, editing.new_schedule),
        *_guided("/schedule/{schedule}", editing.schedule_form, editing.schedule),
        *_guided("/schedule/{schedule}/new-clause", editing.new_clause_form, editing.new_clause),
        *_guided("/clause/{clause}", editing.clause_form, editing.clause),
        act(
            f"{_EDIT}/clause/{{clause}}/remove", editing.remove_clause, _WRITE,
            shows=editing.clause_form, owner=writers,
        ),
        act(
            f"{_EDIT}/schedule/{{schedule}}/remove", editing.remove_schedule, _WRITE,
            shows=editing.schedule_form, owner=writers,
        ),
        show(f"{_ONE}/text/{{document}}", text.text, _WRITE, writers),
        act(f"{_ONE}/text/{{document}}", text.save_text, _WRITE, shows=text.text, owner=writers, most_bytes=LONGEST),
        show("/documents", text.documents, _READ),
        show("/documents/{document}", text.document, _READ),
        act(
            "/documents/{document}", text.open_text, every(Role.POLICY_EDITOR),
            shows=text.document, most_bytes=LONGEST,
        ),
    ),
)  # fmt: skip
