"""Referrals a page at a time, oldest first, and how many are left; what is asked of the database is bounded.

Does not: decide who may look at the list; a referral names no person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from gateway.domain.referral import KIND, Referral, ReferralState, referral_of
from gateway.domain.state_record import StateRecord

USUAL: Final = 100
MOST: Final = 10_000


class CasePages(Protocol):
    """`states` and `members` (of the body, by name) narrow; empty, everything of the kind counts. Raises
    LogUnavailableError."""

    async def page(
        self, kind: str, *, states: Sequence[str] = (), members: Mapping[str, str] = {}, limit: int, skip: int = 0
    ) -> Sequence[StateRecord]:
        """At most `limit` cases after the first `skip`, oldest first."""

    async def count(self, kind: str, *, states: Sequence[str] = (), members: Mapping[str, str] = {}) -> int: ...


@dataclass(frozen=True, slots=True)
class Listed:
    """A page, and how many come after it."""

    referrals: tuple[Referral, ...]
    left: int


class ReferralListing:
    """The use case."""

    def __init__(self, cases: CasePages) -> None:
        self._cases = cases

    async def page(
        self,
        *,
        states: Sequence[ReferralState] = (),
        custodian: str | None = None,
        limit: int = USUAL,
        skip: int = 0,
    ) -> Listed:
        """Referrals in these states at this custodian; without, all. Raises LogUnavailableError."""
        limit, skip = bounded(limit, skip)
        narrowed = {} if custodian is None else {"custodian": custodian}
        found = await self._cases.page(KIND, states=states, members=narrowed, limit=limit, skip=skip)
        total = await self._cases.count(KIND, states=states, members=narrowed)
        return Listed(tuple(referral_of(case) for case in found), max(0, total - skip - len(found)))


def bounded(limit: int, skip: int) -> tuple[int, int]:
    """A limit and a place to begin that a database is asked for."""
    return max(1, min(limit, MOST)), max(0, skip)
