"""Documents as they are written: read, changed in a text box, with their faults by line.

Invariant: a text is saved on the revision that its editor saw; whoever is second sees what the first changed and keeps
what they typed. Does not: format or reorder anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from starlette.responses import Response

from gateway.console.agreements.errors import step_words
from gateway.console.agreements.names import names_for
from gateway.console.drafts.reading import Line, changed_lines, findings_of
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.actor import Role
from gateway.staff.asking import StaffCallError

LISTS: Final = ("parties.yaml", "purposes.yaml", "identifier_schemes.yaml")


def path_of(document: str) -> str:
    """An address names a document with a colon where its path has a slash."""
    return document.replace(":", "/")


async def documents(visit: Visit) -> Response:
    """Every document of the rulebook in force."""
    paths = await visit.call("workshop.documents")
    return visit.page(
        "documents.html", paths=paths, names=await names_for(visit), edits=visit.has_role(Role.POLICY_EDITOR)
    )


async def document(visit: Visit) -> Response:
    """A document in force; who edits finds its text in a box, and saving opens a draft."""
    path = path_of(visit.part("document"))
    found = await visit.call("workshop.document", path=path)
    return visit.page("document.html", one=found, edits=visit.has_role(Role.POLICY_EDITOR))


async def open_text(visit: Visit) -> Response:
    """A draft of what was typed."""
    path = path_of(visit.part("document"))
    try:
        made = await visit.call("draft.open", files={path: _typed(visit)})
    except StaffCallError as error:
        return await document(visit.with_problems(_problem(visit, error)))
    return visit.go(f"/drafts/{made['draft']}")


async def text(visit: Visit, conflict: Sequence[Line] = (), now: Mapping[str, Any] | None = None) -> Response:
    """A document of a draft, in a box."""
    draft, path = visit.part("draft"), path_of(visit.part("document"))
    about = now or await visit.call("draft.about", draft=draft)
    found = next((one for one in about["documents"] if one["path"] == path), None)
    if found is None or found["text"] is None:
        raise NotHereError
    revision, seen = about["revision"], found["digest"]
    if visit.typed.sent and not conflict and visit.typed.get("revision").isdecimal():
        revision, seen = int(visit.typed.get("revision")), visit.typed.get("seen")
    findings = await findings_of(visit, draft, path)
    return visit.page(
        "text.html",
        about=about,
        one=found,
        findings=sorted(findings, key=lambda one: one["line"]),
        revision=revision,
        seen=seen,
        conflict=conflict,
    )


async def save_text(visit: Visit) -> Response:
    draft, path = visit.part("draft"), path_of(visit.part("document"))
    revision = visit.typed.get("revision")
    if not revision.isdecimal() or len(revision) > 9:
        return await text(visit.with_problems(Problem(str(visit.words("confirm-again")))))
    try:
        await visit.call("draft.save", draft=draft, revision=int(revision), files={path: _typed(visit)})
    except StaffCallError as error:
        if error.code != "draft-changed":
            return await text(visit.with_problems(_problem(visit, error)))
        now = await visit.call("draft.about", draft=draft)
        told = await visit.call("draft.since", draft=draft, path=path, digest=visit.typed.get("seen"))
        lines = list(changed_lines(told["before"], told["now"])) or [Line("same", "")]
        again = visit.with_problems(Problem(str(visit.words("conflict"))))
        return await text(replace(again), lines, now)
    return visit.go(f"/drafts/{draft}/text/{visit.part('document')}", saved="yes")


def _typed(visit: Visit) -> str:
    """The text with the line end that a file has."""
    found = visit.typed.get("text")
    return found if found.endswith("\n") else found + "\n"


def _problem(visit: Visit, error: StaffCallError) -> Problem:
    return Problem(step_words(error, visit.lang), "text")
