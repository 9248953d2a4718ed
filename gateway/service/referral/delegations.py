"""Delegation orders: which officer may decide on which provisions, for which institution, from when until when.

Invariant: an order counts at an instant only if it had begun, has not ended (half-open, to the second) and was not
revoked, and ends within five years; nobody gives one to themselves. Orders and revocations are entries of the log.
Privacy Act s.73, DESDA s.37, MFIPPA s.49. Officers are keyed tokens here; their names are in the private part of the
order's entry.
Does not: decide on a referral.
"""

import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from audit import canonical
from audit.canonical import JsonValue
from audit.vocabulary import format_time, parse_time
from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError
from gateway.domain.officer import written_officer
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import Receipt, StateChange, Submission
from gateway.service.log.staff_action import listed_codes, put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog
from gateway.service.referral.listing import USUAL, CasePages, bounded

KIND: Final = "delegation"
IN_FORCE: Final = "in-force"
REVOKED: Final = "revoked"
LONGEST: Final = timedelta(days=5 * 365 + 2)


class DelegationError(GatewayError):
    """The order cannot be given or revoked. Names the member, never the officer."""

    code = "delegation-refused"


@dataclass(frozen=True, slots=True)
class Delegation:
    """One order. `officer` is a keyed token; `unit` where the officer works; `provisions` of the register; times UTC,
    half-open; `given` is the entry that gave it."""

    id: str
    state: str
    officer: str
    organization: str
    unit: str
    provisions: tuple[str, ...]
    begins: datetime
    ends: datetime
    revision: int
    given: int

    def counts(self, now: datetime) -> bool:
        """Whether it is in force at this instant."""
        return self.state == IN_FORCE and self.begins <= now < self.ends


def delegation_of(case: StateRecord) -> Delegation:
    """The order that a case of this kind is."""
    body: Any = case.body
    return Delegation(
        id=case.id,
        state=case.state,
        officer=body["officer"],
        organization=body["organization"],
        unit=body["unit"],
        provisions=tuple(body["provisions"]),
        begins=parse_time(body["begins"]),
        ends=parse_time(body["ends"]),
        revision=case.revision,
        given=case.opened_index,
    )


class DelegationCases(CasePages, Protocol):
    """Raises LogUnavailableError."""

    async def find(self, kind: str, case_id: str) -> StateRecord | None: ...


class Delegations:
    """The use cases. `organizations` gives the institution of each unit; `provisions` are those a person weighs;
    `staff_token` turns an officer's identifier into what may be stored."""

    def __init__(
        self,
        cases: DelegationCases,
        log: DisclosureLog,
        clock: Clock,
        *,
        organizations: Mapping[str, str],
        provisions: frozenset[str],
        staff_token: Callable[[str], str],
    ) -> None:
        self._cases = cases
        self._log = log
        self._clock = clock
        self._organizations = organizations
        self._provisions = provisions
        self._token = staff_token

    async def give(
        self,
        *,
        to: str,
        at: str,
        provisions: tuple[str, ...],
        begins: datetime,
        ends: datetime,
        actor: Actor,
    ) -> tuple[str, Receipt]:
        """Let the officer `to` of the unit `at` decide under these provisions. The actor gives the order.

        Raises DelegationError, OfficerError, LogUnavailableError."""
        to = written_officer("to", to)
        self._check(to, at, provisions, begins, ends, actor)
        order = f"d-{secrets.token_hex(8)}"
        body: dict[str, JsonValue] = {
            "officer": self._token(to),
            "organization": self._organizations[at],
            "unit": at,
            "provisions": provisions,
            "begins": format_time(begins),
            "ends": format_time(ends),
        }
        submission = staff_submission(
            action="delegation-given",
            actor=actor,
            now=self._clock.now(),
            details={**body, "officer": to, "delegation": order},
            changes=(StateChange(KIND, order, 0, IN_FORCE, canonical.encode(body), due=ends),),
        )
        return order, await self._record(submission)

    async def revoke(self, order: str, *, actor: Actor) -> Receipt:
        """End an order at once. Raises DelegationError, LogUnavailableError."""
        case = await self._cases.find(KIND, order)
        if case is None or case.state != IN_FORCE:
            raise DelegationError("there is no delegation order in force under this number")
        if self._organizations.get(actor.unit) != delegation_of(case).organization:
            raise DelegationError("unit: an order is revoked by its own institution")
        submission = staff_submission(
            action="delegation-revoked",
            actor=actor,
            now=self._clock.now(),
            details={"delegation": order},
            refers_to=case.opened_index,
            changes=(StateChange(KIND, order, case.revision, REVOKED, canonical.encode(dict(case.body))),),
        )
        return await self._record(submission)

    async def covering(self, officer: str, unit: str, provisions: Sequence[str], now: datetime) -> Delegation | None:
        """An order under which this officer may decide at this unit on all these provisions at this instant."""
        async for order in self._counting(officer, unit, now):
            if set(provisions) <= set(order.provisions):
                return order
        return None

    async def lacking(self, officer: str, unit: str, provisions: Sequence[str], now: datetime) -> tuple[str, ...]:
        """Of these provisions, those that no order of this officer at this unit has at this instant."""
        had = {name async for order in self._counting(officer, unit, now) for name in order.provisions}
        return tuple(name for name in provisions if name not in had)

    async def _counting(self, officer: str, unit: str, now: datetime) -> AsyncIterator[Delegation]:
        own = {"officer": self._token(officer), "unit": unit}
        skip = 0
        while cases := await self._cases.page(KIND, states=(IN_FORCE,), members=own, limit=USUAL, skip=skip):
            for order in map(delegation_of, cases):
                if order.counts(now):
                    yield order
            skip += len(cases)

    async def orders(
        self, limit: int = USUAL, skip: int = 0, organization: str | None = None
    ) -> tuple[Sequence[Delegation], int]:
        """A page of the orders there ever were, of one institution where it is given, oldest first, and how many come
        after it."""
        limit, skip = bounded(limit, skip)
        of = {} if organization is None else {"organization": organization}
        found = await self._cases.page(KIND, members=of, limit=limit, skip=skip)
        total = await self._cases.count(KIND, members=of)
        return [delegation_of(case) for case in found], max(0, total - skip - len(found))

    async def find(self, order: str) -> Delegation | None:
        """An order as it stands. Raises LogUnavailableError."""
        case = await self._cases.find(KIND, order)
        return None if case is None else delegation_of(case)

    @property
    def provisions(self) -> frozenset[str]:
        """Those that a person decides under."""
        return self._provisions

    async def _record(self, submission: Submission) -> Receipt:
        conflict = DelegationError("somebody else changed this order just now; look at it again")
        return await put_on_record(self._log, submission, "the delegation order", conflict)

    def _check(
        self, to: str, at: str, provisions: tuple[str, ...], begins: datetime, ends: datetime, actor: Actor
    ) -> None:
        if self._organizations.get(at) is None:
            raise DelegationError("at: not a unit of the register of parties")
        if self._organizations.get(actor.unit) != self._organizations[at]:
            raise DelegationError("unit: an order is given within one institution")
        if self._token(to) == self._token(actor.officer):
            raise DelegationError("to: nobody gives a delegation order to themselves")
        unweighed = [name for name in provisions if name not in self._provisions]
        if unweighed or not provisions:
            named = f"{listed_codes(unweighed)} is no provision" if unweighed else "name at least one"
            raise DelegationError(f"provisions: {named} that a person decides under; docs/authorities.md lists them")
        if not begins < ends:
            raise DelegationError("ends: not after the beginning")
        if ends - begins > LONGEST:
            raise DelegationError("ends: an order is given for five years at most; give another one then")
