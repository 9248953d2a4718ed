"""What a look-up found, kept under a reference that only the officer who looked has.

Does not: look anybody up; the call that did put it on record first.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from gateway.console.visit import Visit

KEPT_SECONDS: Final = 3600


async def keep_person(visit: Visit, subject: Mapping[str, str], entries: Sequence[int]) -> str:
    """The reference of the person's page."""
    return await keep(visit, "person", {"subject": dict(subject), "entries": list(entries)})


async def keep(visit: Visit, kind: str, body: Mapping[str, Any]) -> str:
    """The reference of a body of this kind."""
    whole = {**body, "kind": kind, "officer": visit.actor.officer}
    return await visit.room.references.keep(whole, visit.room.sessions.now() + KEPT_SECONDS)
