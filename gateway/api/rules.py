"""What the partner API judges by: the use cases over the rulebook in force, which may be another for the next request.

Invariant: a request is judged from beginning to end by one rulebook. Where that one, or a consent or release that the
answer rests on, was changed before the answer was durable, nothing was written, and the request is judged again by what
is in force now (ADR 20). Does not: follow changes (`gateway.bootstrap.living`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from gateway.api.rendering import Titles
from gateway.service.disclosure.collecting import Collecting
from gateway.service.disclosure.disclose import Disclose, OvertakenError
from gateway.service.partner.entitlements import Entitlements

TRIES: Final = 10
"""More changes within one request than this are no change of a rulebook but a fault."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PartnerRules:
    """The use cases over one rulebook. `titles` gives a reason code's title by language."""

    disclose: Disclose
    collecting: Collecting
    entitlements: Entitlements
    titles: Titles


class RulesInForce(Protocol):
    @property
    def now(self) -> PartnerRules:
        """Those of the rulebook this process decides by."""

    async def refresh(self) -> None:
        """Take what is in force now, if it is another. Raises LogUnavailableError."""


async def judged(rules: RulesInForce, act: Callable[[PartnerRules], Awaitable[T]]) -> T:
    """What becomes of a request under the rulebook of its commit.

    Raises OvertakenError where it changed each time, and what `act` raises."""
    for _ in range(TRIES - 1):
        try:
            return await act(rules.now)
        except OvertakenError:
            await rules.refresh()
    return await act(rules.now)
