"""The staff calls about the log itself: recompute a decision, adopt rows from before seals. JSON in, JSON out.

Does not: judge (`gateway.service.disclosure.replay`), or print. What it works with is opened when it is asked for,
because few calls need it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, Protocol

from audit.encoding import to_base64url
from gateway.domain.actor import Actor

if TYPE_CHECKING:
    from gateway.service.disclosure.replay import ReplayReport

Json = Any


class Replaying(Protocol):
    """Recomputes the decision of an entry (`gateway.service.disclosure.replay`)."""

    async def __call__(self, entry_index: int, *, actor: Actor) -> "ReplayReport": ...


class OldRow(Protocol):
    """A row that the log never sealed; `because` says why it cannot be adopted, None where it can."""

    @property
    def name(self) -> str: ...

    @property
    def because(self) -> str | None: ...


class Adoption(Protocol):
    """Puts rows from before there were seals on record. Raises LogUnavailableError."""

    async def look(self) -> Sequence[OldRow]: ...

    async def adopt(self, *, actor: Actor) -> tuple[Sequence[OldRow], int]:
        """The rows as they were found, and how many of them were put on record."""


class LogDesk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def replay(self) -> Replaying: ...

    @property
    def adoption(self) -> Adoption: ...


async def log_replay(desk: LogDesk, actor: Actor, *, entry: int) -> Json:
    """Recompute a decision as of its date and compare; codes only. The replay is on record first."""
    report = await desk.replay(entry, actor=actor)
    standing = report.standing
    return {
        "entry_index": report.entry_index,
        "equal": report.equal,
        "policy_revision": report.policy_revision,
        "agreement": report.agreement,
        "signed_tree": {"size": standing.size, "root": to_base64url(standing.root)} if standing else None,
        "on_record": report.receipt.entry_index,
        "differences": [asdict(item) for item in report.differences],
    }


async def log_adopt(desk: LogDesk, actor: Actor, *, yes: bool = False) -> Json:
    """The rows that the log never sealed; with `yes`, those that can be adopted are put on record, and `adopted` says
    how many."""
    found, adopted = await desk.adoption.adopt(actor=actor) if yes else (await desk.adoption.look(), 0)
    return {"rows": [{"name": one.name, "because": one.because} for one in found], "adopted": adopted}


LOG_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "log.replay": log_replay,
    "log.adopt": log_adopt,
}
