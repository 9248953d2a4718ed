"""Referrals among the cases. Does not: change any (a change comes with an entry, `opening.change_of`)."""

from typing import Protocol

from gateway.domain.referral import KIND, Referral, referral_of
from gateway.domain.state_record import StateRecord


class Cases(Protocol):
    """Every method raises LogUnavailableError."""

    async def find(self, kind: str, case_id: str) -> StateRecord | None: ...

    async def opened_by(self, kind: str, entry_index: int) -> StateRecord | None: ...


class ReferralRegister:
    """Every method raises LogUnavailableError."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    async def find(self, referral: str) -> Referral | None:
        """The referral with this id, or None."""
        case = await self._cases.find(KIND, referral)
        return referral_of(case) if case else None

    async def opened_by(self, entry_index: int) -> Referral | None:
        """The referral that this entry opened, or None."""
        case = await self._cases.opened_by(KIND, entry_index)
        return referral_of(case) if case else None
