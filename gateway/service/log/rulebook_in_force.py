"""Which rulebook a gateway decides by is on record before it answers: a change of it is an entry of the log.

Invariant 13: the policy revision (rules, parties, accreditation, register and catalogue) and the digest of every
agreement version are one case, sealed by the entry of the kind `publication` that put them on record; so a file that
somebody changed on the server shows in the log from the start that loaded it, and by which digest. Nothing is written
where the rulebook is the one on record. Does not: judge the change, or keep the documents (`bootstrap.partner` does,
before).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol

from audit import canonical
from audit.canonical import JsonValue
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import Receipt, StateChange, StateConflict, Submission
from gateway.service.log.staff_action import staff_submission
from gateway.service.ports import Clock, DisclosureLog

KIND: Final = "rulebook"
IN_FORCE: Final = "in-force"
GATEWAY: Final = "gateway"
"""Who acts: no person does, the gateway starts."""
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class RulebookVersion:
    """`policy_revision` as entries cite it; `agreements` the digest of each version by the agreement's id."""

    policy_revision: str
    agreements: Mapping[str, str]

    def as_json(self) -> dict[str, JsonValue]:
        """As the case keeps it."""
        return {"policy_revision": self.policy_revision, "agreements": dict(self.agreements)}


class RulebookCases(Protocol):
    async def find(self, kind: str, case_id: str) -> StateRecord | None:
        """Raises LogUnavailableError."""


class RulebookInForce:
    """The use case."""

    def __init__(self, cases: RulebookCases, log: DisclosureLog, clock: Clock) -> None:
        self._cases = cases
        self._log = log
        self._clock = clock

    async def put_on_record(self, rulebook: RulebookVersion) -> Receipt | None:
        """The entry that says from now on this rulebook decides, or None where the log says so already.

        Raises LogUnavailableError; then the gateway must not answer."""
        body = rulebook.as_json()
        for _ in range(_TRIES):
            known = await self._cases.find(KIND, IN_FORCE)
            if _says(known, body):
                return None
            outcome = await self._log.commit(self._submission(rulebook, known))
            if isinstance(outcome, Receipt) and _says(await self._cases.find(KIND, IN_FORCE), body):
                return outcome
            if not isinstance(outcome, StateConflict):
                break  # the log cannot say it, or still says something else of a row that somebody took away
        raise LogUnavailableError(
            "the rulebook in force could not be put on record, so nothing is answered; run `gateway log reconcile`"
        )

    def _submission(self, rulebook: RulebookVersion, known: StateRecord | None) -> Submission:
        body = rulebook.as_json()
        made = staff_submission(
            action="rulebook-in-force",
            actor=Actor.gateway(GATEWAY),
            now=self._clock.now(),
            kind="publication",
            details=body,
            refers_to=None if known is None else known.entry_index,
            changes=(
                StateChange(KIND, IN_FORCE, 0 if known is None else known.revision, IN_FORCE, canonical.encode(body)),
            ),
        )
        return replace(made, entry=replace(made.entry, policy_revision=rulebook.policy_revision))


def _says(known: StateRecord | None, body: Mapping[str, JsonValue]) -> bool:
    return known is not None and dict(known.body) == body
