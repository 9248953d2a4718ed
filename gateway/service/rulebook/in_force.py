"""Which rulebook a gateway decides by is on record before it answers: a change of it is an entry of the log.

Invariant 13: the state (policy revision, documents, digest of every agreement version, agreements that are stopped) is
one state record, sealed by the entry that put it on record; a file that somebody changed on the server shows in the log
from the start that loaded it. Every permit rests on the record's revision, so that nothing is disclosed under a
rulebook that was changed before the commit (ADR 20). Does not: judge a change, or keep the documents.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Protocol

from audit import canonical
from audit.canonical import JsonValue
from audit.entry import AgreementRef, Kind
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.domain.rulebook import IN_FORCE, KIND, RulebookState
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import Precondition, Receipt, StateChange, StateConflict, Submission
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog
from gateway.service.rulebook.errors import DraftError, RulebookChangedError

GATEWAY: Final = "gateway"
"""Who acts: no person does, the gateway starts."""
_TRIES: Final = 5


class StateRecords(Protocol):
    async def find(self, kind: str, record_id: str, /) -> StateRecord | None:
        """Raises LogUnavailableError."""


def precondition(state: RulebookState) -> Precondition:
    """What every permit under this rulebook rests on."""
    return Precondition(KIND, IN_FORCE, state.revision)


class RulebookInForce:
    """The use case."""

    def __init__(self, records: StateRecords, log: DisclosureLog, clock: Clock) -> None:
        self._records = records
        self._log = log
        self._clock = clock

    async def read(self) -> RulebookState | None:
        """The rulebook on record, None where none is yet. Raises LogUnavailableError."""
        return state_of(await self._records.find(KIND, IN_FORCE))

    async def require(self) -> RulebookState:
        """The rulebook on record. Raises DraftError where none is yet, LogUnavailableError."""
        state = await self.read()
        if state is None or not state.files:
            raise DraftError("no-rulebook")
        return state

    async def put_on_record(self, rulebook: RulebookState, *, living: bool = False) -> RulebookState:
        """The state on record that says what this rulebook says; put there where the log does not say so already.
        What is stopped stays stopped: a start lifts no suspension. Where the rulebook is `living` in the database,
        other documents on record were published while the gateway started: they stay, and their state is given instead.

        Raises LogUnavailableError; then the gateway must not answer."""
        for _ in range(_TRIES):
            known = await self.read()
            if living and known is not None and known.files and dict(known.files) != dict(rulebook.files):
                return known
            wanted = rulebook if known is None else replace(rulebook, stopped=known.stopped)
            if known is not None and known.as_json() == wanted.as_json():
                return known
            outcome = await self._log.commit(self._starting(wanted, known))
            if isinstance(outcome, Receipt):
                made = await self.read()
                if made is not None and made.as_json() == wanted.as_json():
                    return made
            if not isinstance(outcome, StateConflict):
                break  # the log cannot say it, or still says something else of a row that somebody took away
        raise LogUnavailableError(
            "the rulebook in force could not be put on record, so nothing is answered; run `gateway log reconcile`"
        )

    def _starting(self, rulebook: RulebookState, known: RulebookState | None) -> Submission:
        return state_submission(
            before=known,
            after=rulebook,
            action="rulebook-in-force",
            actor=Actor.gateway(GATEWAY, GATEWAY),
            now=self._clock,
            details=rulebook.as_json(),
        )

    async def change(
        self,
        before: RulebookState,
        after: RulebookState,
        *,
        action: str,
        kind: Kind,
        actor: Actor,
        details: Mapping[str, JsonValue],
        agreement: AgreementRef | None = None,
        changes: tuple[StateChange, ...] = (),
    ) -> Receipt:
        """Put another rulebook in force, in one transaction with what else changes.

        Raises RulebookChangedError where the rulebook or something else it rests on is no longer what it was."""
        made = state_submission(
            before=before, after=after, action=action, actor=actor,
            now=self._clock, details=details, kind=kind, agreement=agreement,
        )  # fmt: skip
        made = replace(made, changes=(*made.changes, *changes))
        return await put_on_record(self._log, made, "the change of the rulebook", RulebookChangedError())


def state_of(record: StateRecord | None) -> RulebookState | None:
    """What the record says; None where there is none."""
    if record is None:
        return None
    return RulebookState.from_json(record.body, revision=record.revision, entry_index=record.entry_index)


def state_submission(
    *,
    before: RulebookState | None,
    after: RulebookState,
    action: str,
    actor: Actor,
    now: Clock,
    details: Mapping[str, Any],
    kind: Kind = "publication",
    agreement: AgreementRef | None = None,
) -> Submission:
    """The entry that puts `after` in force in place of `before`."""
    revision = 0 if before is None else before.revision
    made = staff_submission(
        action=action,
        actor=actor,
        now=now.now(),
        kind=kind,
        details=details,
        refers_to=None if before is None else before.entry_index,
        changes=(StateChange(KIND, IN_FORCE, revision, IN_FORCE, canonical.encode(after.as_json())),),
    )
    return replace(made, entry=replace(made.entry, policy_revision=after.policy_revision, agreement=agreement))
