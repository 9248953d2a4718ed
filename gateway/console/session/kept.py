"""A form that waits while somebody proves again who they are.

Invariants: it is kept under a reference that only the browser has, for as long as a sign-in may take; it is shown again
and sent by the person, never by itself; another officer does not get it.
"""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from gateway.console.typed import Typed
from gateway.console.visit import Visit


async def keep_form(visit: Visit) -> Response:
    """Away to prove it, with the form kept."""
    room = visit.room
    body = {"officer": visit.actor.officer, "path": visit.here, "fields": list(visit.typed.pairs())}
    reference = await room.references.keep(body, room.sessions.now() + room.sessions.times.login)
    return visit.go("/sign-in/again", kept=reference)


async def kept_form(visit: Visit, reference: str) -> tuple[str, Typed] | None:
    """The path and fields of a form that this officer left, or None."""
    body: dict[str, Any] | None = await visit.room.references.open(reference, visit.room.sessions.now())
    if body is None or body.get("officer") != visit.actor.officer or "fields" not in body:
        return None
    fields: dict[str, list[str]] = {}
    for name, value in body["fields"]:
        fields.setdefault(name, []).append(value)
    return str(body["path"]), Typed(fields, sent=True)


async def kept(visit: Visit) -> Response:
    """The way back to a form that waited."""
    found = await kept_form(visit, visit.typed.get("kept") or visit.asked("kept"))
    if found is None:
        return replace(visit, status=410).page("kept.html", path=None, form_typed=None)
    return visit.page("kept.html", path=found[0], form_typed=found[1])
