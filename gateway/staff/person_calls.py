"""The staff calls about one person's data in the log: who received it, and erasing it. JSON in, JSON out.

Does not: judge whether it may be erased (`gateway.service.person.erasure`), or print.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, Final, Protocol, assert_never

from audit.entry import Entry
from audit.errors import EntryError
from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.domain.target import SubjectIdentifier
from gateway.service.person.erasure import (
    MINIMUM_FEDERAL,
    MINIMUM_ONTARIO,
    Erased,
    Erasure,
    Held,
    NothingKept,
    TooRecent,
)
from gateway.service.person.lookup import Lookup
from gateway.staff.refusal import WorkRefusedError

Json = Any
MINIMUM: Final[Mapping[str, timedelta]] = {"federal": MINIMUM_FEDERAL, "ontario": MINIMUM_ONTARIO}
"""The minimum retention after last use, by regime."""


class PersonDesk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def lookup(self) -> Lookup: ...

    @property
    def erasure(self) -> Erasure: ...

    def subject(self, scheme: str, value: str) -> SubjectIdentifier:
        """An identifier in its canonical spelling. Raises IdentifierError."""


async def person_look_up(desk: PersonDesk, actor: Actor, *, scheme: str, value: str) -> Json:
    """Every entry that names the person, oldest first, in codes; the look-up is on record first."""
    found = await desk.lookup.accesses(desk.subject(scheme, value), actor=actor)
    return [{"entry_index": one.entry_index, **_facts(one.entry)} for one in found]


async def person_erase(desk: PersonDesk, actor: Actor, *, scheme: str, value: str, authority: str, regime: str) -> Json:
    """What became of it: `outcome` is `erased` (with the number of `parts`, and the entry), `held` (with the reasons),
    `too-recent` (with the time of the last use, UTC) or `nothing-kept`."""
    minimum = MINIMUM.get(regime)
    if minimum is None:
        raise WorkRefusedError("argument-malformed", f"--regime: write one of {', '.join(MINIMUM)}")
    subject = desk.subject(scheme, value)
    try:
        outcome = await desk.erasure.erase(subject, authority=authority, actor=actor, minimum=minimum)
    except EntryError:
        raise WorkRefusedError("argument-malformed", "--authority: write a code, such as PA-6-3") from None
    match outcome:
        case Erased(receipt, parts):
            return {"outcome": "erased", "parts": parts, "entry_index": receipt.entry_index}
        case Held(codes):
            return {"outcome": "held", "reasons": list(codes)}
        case TooRecent(last_used):
            return {"outcome": "too-recent", "last_used": format_time(last_used)}
        case NothingKept():
            return {"outcome": "nothing-kept"}
        case _:
            assert_never(outcome)


PERSON_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "person.look-up": person_look_up,
    "person.erase": person_erase,
}


def _facts(found: Entry) -> dict[str, Any]:
    return {
        "time": found.time,
        "kind": found.kind,
        "requester": found.requester,
        "recipient": found.recipient,
        "purpose": found.purpose,
        "ground": found.ground,
        "disclosed": [part.element for part in found.disclosed],
        "reasons": list(found.reasons),
    }
