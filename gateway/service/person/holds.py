"""Places and lifts holds: while one is open, nothing about the person is erased (an access request, litigation).

Invariants: a hold is a case, so that its state is sealed by the entry that placed or lifted it, and one that was taken
out of the table is missed before anything is erased (`person.erasure`). It is filed under the person's keyed
token; its reason is a code. Only the institution that placed it lifts it. Privacy Act 6(1), Privacy Regulations 4(1).
Does not: erase (`gateway.service.person.erasure`).
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from audit import canonical, vocabulary
from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import Receipt, StateChange, Submission
from gateway.domain.target import SubjectIdentifier
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog

KIND: Final = "hold"
OPEN: Final = "open"
LIFTED: Final = "lifted"
USUAL: Final = 100
MOST_LISTED: Final = 1_000


class HoldError(GatewayError):
    """The hold cannot be placed or lifted. The message says which member is wrong, never its value."""

    code = "hold-refused"


@dataclass(frozen=True, slots=True)
class Hold:
    """`reason` is a code, `access-request` for example; `organization` placed it, with the entry `placed`."""

    reference: str
    reason: str
    organization: str
    placed: int


class HoldCases(Protocol):
    """Every method raises LogUnavailableError."""

    async def find(self, kind: str, case_id: str) -> StateRecord | None: ...

    async def page(
        self, kind: str, *, states: Sequence[str] = (), members: Mapping[str, str] = {}, limit: int, skip: int = 0
    ) -> Sequence[StateRecord]: ...

    async def count(self, kind: str, *, states: Sequence[str] = (), members: Mapping[str, str] = {}) -> int: ...

    def concerns(self, case: StateRecord, subject: SubjectIdentifier) -> bool: ...


class Holds:
    """The use cases. `organizations` is the institution of each unit."""

    def __init__(self, cases: HoldCases, log: DisclosureLog, clock: Clock, organizations: Mapping[str, str]) -> None:
        self._cases = cases
        self._log = log
        self._clock = clock
        self._organizations = organizations

    async def place(self, subject: SubjectIdentifier, reason: str, *, actor: Actor) -> tuple[str, Receipt]:
        """Keep everything about a subject until the hold is lifted; its reference and the entry that says so.

        Raises HoldError, LogUnavailableError."""
        organization = self._organization(actor.unit)
        if not vocabulary.is_identifier(reason):
            raise HoldError("reason: write a code of lower-case letters and hyphens, such as access-request")
        reference = f"h-{secrets.token_hex(12)}"
        body = canonical.encode({"reason": reason, "organization": organization})
        submission = staff_submission(
            action="hold-placed",
            actor=actor,
            now=self._clock.now(),
            kind="hold",
            subject=subject,
            details={"hold": reference, "reason": reason},
            changes=(StateChange(KIND, reference, 0, OPEN, body, subject=subject),),
        )
        return reference, await self._record(submission)

    async def lift(self, reference: str, subject: SubjectIdentifier, *, actor: Actor) -> Receipt:
        """End a hold on this subject. Raises HoldError, LogUnavailableError."""
        case = await self._cases.find(KIND, reference)
        if case is None or case.state != OPEN or not self._cases.concerns(case, subject):
            raise HoldError("this person has no open hold under this reference")
        if self._organization(actor.unit) != _hold(case).organization:
            raise HoldError("unit: a hold is lifted by the institution that placed it")
        submission = staff_submission(
            action="hold-lifted",
            actor=actor,
            now=self._clock.now(),
            kind="hold",
            subject=subject,
            details={"hold": reference},
            refers_to=case.opened_index,
            changes=(
                StateChange(KIND, reference, case.revision, LIFTED, canonical.encode(dict(case.body)), subject=subject),
            ),
        )
        return await self._record(submission)

    async def open(
        self, *, limit: int = USUAL, skip: int = 0, organization: str | None = None
    ) -> tuple[Sequence[Hold], int]:
        """The open holds, of one institution where it is given, oldest first, at most `limit` after `skip`, and how
        many there are. They name nobody. Raises LogUnavailableError."""
        of = {} if organization is None else {"organization": organization}
        limit, skip = min(limit, MOST_LISTED), max(0, skip)
        page = await self._cases.page(KIND, states=(OPEN,), members=of, limit=limit, skip=skip)
        return [_hold(case) for case in page], await self._cases.count(KIND, states=(OPEN,), members=of)

    async def find(self, reference: str) -> tuple[Hold, bool] | None:
        """A hold and whether it is open. It names nobody. Raises LogUnavailableError."""
        case = await self._cases.find(KIND, reference)
        return None if case is None else (_hold(case), case.state == OPEN)

    def _organization(self, unit: str) -> str:
        found = self._organizations.get(unit)
        if found is None:
            raise HoldError("unit: not a unit of the register of parties; write its code, for example esdc-isb")
        return found

    async def _record(self, submission: Submission) -> Receipt:
        conflict = HoldError("somebody else lifted this hold just now")
        return await put_on_record(self._log, submission, "the hold", conflict)


def _hold(case: StateRecord) -> Hold:
    return Hold(case.id, str(case.body["reason"]), str(case.body["organization"]), case.opened_index)
