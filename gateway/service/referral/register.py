"""Referrals among the cases. Does not: change any (a change comes with an entry, `opening.change_of`)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from gateway.domain.case import Case
from gateway.domain.referral import KIND, Referral, referral_of


class Cases(Protocol):
    """Every method raises LogUnavailableError."""

    async def find(self, kind: str, case_id: str) -> Case | None: ...

    async def all(self, kind: str) -> Sequence[Case]: ...

    async def opened_by(self, kind: str, entry_index: int) -> Case | None: ...


class CaseClocks(Cases, Protocol):
    async def due(self, kind: str, now: datetime) -> Sequence[Case]:
        """Cases whose clock has run out at `now`, the longest ago first."""


class ReferralRegister:
    """Every method raises LogUnavailableError."""

    def __init__(self, cases: CaseClocks) -> None:
        self._cases = cases

    async def find(self, referral: str) -> Referral | None:
        """The referral with this id, or None."""
        case = await self._cases.find(KIND, referral)
        return referral_of(case) if case else None

    async def opened_by(self, entry_index: int) -> Referral | None:
        """The referral that this entry opened, or None."""
        case = await self._cases.opened_by(KIND, entry_index)
        return referral_of(case) if case else None

    async def all(self) -> Sequence[Referral]:
        """Every referral, oldest first."""
        return [referral_of(case) for case in await self._cases.all(KIND)]

    async def due(self, now: datetime) -> Sequence[Referral]:
        """Open referrals whose clock has run out at `now`."""
        return [referral_of(case) for case in await self._cases.due(KIND, now)]
