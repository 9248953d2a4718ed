"""Opens a referral: what the policy leaves to a person becomes a case with a clock, in the transaction of its entry.

Invariant: the case and the entry that refers the request are made durable together, so that nothing that was referred
is forgotten. One requester has at most `MOST_OPEN` waiting, so that none can bury the others' under its own.
Does not: choose who decides; delegation orders do.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final, Protocol

from audit import canonical
from gateway.domain.decision import Refer
from gateway.domain.errors import DependencyError
from gateway.domain.ground import GroundRules
from gateway.domain.officer import folded
from gateway.domain.referral import KIND, OPEN, Referral, ReferralState
from gateway.domain.request import DisclosureRequest
from gateway.domain.submission import StateChange


class ReferralCases(Protocol):
    """Raises LogUnavailableError."""

    async def find(self, referral: str) -> Referral | None: ...

    async def opened_by(self, entry_index: int) -> Referral | None: ...


class OpenCases(Protocol):
    """Raises LogUnavailableError."""

    async def count(self, kind: str, *, states: Sequence[str] = (), members: Mapping[str, str] = {}) -> int: ...


class TooManyOpenError(DependencyError):
    """This requester has as many referrals waiting as one may have; nothing was opened and nothing disclosed."""

    code = "too-many-open-referrals"


MOST_OPEN: Final = 1_000
_FALLBACK: Final = timedelta(days=3)


class Opening:
    """`rules` by ground; `staff_token` turns an officer's identifier into what may be stored."""

    def __init__(self, rules: Mapping[str, GroundRules], staff_token: Callable[[str], str], cases: OpenCases) -> None:
        self._rules = rules
        self._token = staff_token
        self._cases = cases

    async def require_room(self, requester: str) -> None:
        """Refuse where `MOST_OPEN` of this requester wait for a decision; requests at the same instant may pass
        together. Raises TooManyOpenError, LogUnavailableError."""
        waiting = await self._cases.count(KIND, states=sorted(OPEN), members={"requester": requester})
        if waiting >= MOST_OPEN:
            raise TooManyOpenError("this requester has too many referrals that wait for a decision; ask again later")

    def open(self, request: DisclosureRequest, custodian: str, decision: Refer) -> Referral:
        """A new referral for a request that the policy referred."""
        rules = self._rules.get(request.ground)
        decide, escalate = (rules.decide_within, rules.escalate_after) if rules else (_FALLBACK, _FALLBACK / 2)
        asked = request.received_at.replace(microsecond=0)
        officer = folded(request.acting_officer or "")
        return Referral(
            id=f"r-{secrets.token_hex(16)}",
            state=ReferralState.REQUESTED,
            revision=0,
            opened_index=0,
            entry_index=0,
            requester=request.requester,
            recipient=request.recipient,
            custodian=custodian,
            agreement=request.agreement,
            record_type=request.record_type,
            purpose=request.purpose,
            ground=request.ground.value,
            elements=request.elements,
            weigh=tuple(dict.fromkeys(name for reason in decision.reasons for name in reason.citations)),
            asked_at=asked,
            escalate_at=asked + min(escalate, decide),
            decide_by=asked + decide,
            requester_officer=self._token(officer) if officer else None,
        )


def change_of(referral: Referral) -> StateChange:
    """The change that makes the referral durable as it is now."""
    return StateChange(
        kind=KIND,
        id=referral.id,
        expected=referral.revision,
        state=referral.state.value,
        body=canonical.encode(dict(referral.body())),
        due=referral.clock,
    )
