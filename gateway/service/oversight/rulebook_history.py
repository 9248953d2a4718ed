"""The rulebook as it was at any time, read back from the entries that put it on record (ADR 18, ADR 20).

Each entry that changes the rulebook refers to the one before, so the way back needs no list of versions. Invariant:
a state is told only where the private parts on the way say it whole; they name documents, versions and standings, and
no person. Does not: keep documents (they are kept by digest), or say what is in force now with the authority of the
state record (`gateway.service.rulebook.in_force`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from audit.entry import Entry
from audit.vocabulary import format_time, parse_time
from gateway.domain.errors import GatewayError
from gateway.domain.private_record import PrivateRecord
from gateway.domain.rulebook import AgreementStanding, RulebookState, Stopped
from gateway.service.ports import EntryArchive
from gateway.service.rulebook.in_force import RulebookInForce

MOST_STEPS: Final = 20_000
"""So many changes of the rulebook are gone back at most."""


class NoRulebookThenError(GatewayError):
    """No rulebook was on record at that time yet."""

    code = "no-rulebook-then"

    def __init__(self) -> None:
        super().__init__("no rulebook was on record at that time yet; choose a later day")


class RulebookNotKeptError(GatewayError):
    """What the rulebook was cannot be read back."""

    code = "rulebook-not-kept"

    def __init__(self) -> None:
        super().__init__(
            "what the rulebook was then cannot be read back from the log; run `gateway log reconcile`, which says why"
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One entry that changed the rulebook. `action` is what was done, `agreement` which one it concerned, where it
    concerned one."""

    entry_index: int
    at: datetime
    action: str
    unit: str
    agreement: str | None


@dataclass(frozen=True, slots=True)
class RulebookThen:
    """`state` was in force from `step` on; `steps` are all changes so far, the newest first."""

    state: RulebookState
    step: Step
    steps: tuple[Step, ...]


class RulebookHistory:
    """The use case. The entries of changes are read once; they do not change any more."""

    def __init__(self, in_force: RulebookInForce, archive: EntryArchive) -> None:
        self._in_force = in_force
        self._archive = archive
        self._known: dict[int, tuple[Step, int | None]] = {}

    async def as_of(self, moment: datetime) -> RulebookThen:
        """Which rulebook was in force at a moment (aware).

        Raises NoRulebookThenError, RulebookNotKeptError, LogUnavailableError."""
        now = await self._in_force.read()
        if now is None or now.entry_index is None:
            raise NoRulebookThenError
        steps = await self._back(now.entry_index)
        at = next((place for place, step in enumerate(steps) if step.at <= moment), None)
        if at is None:
            raise NoRulebookThenError
        return RulebookThen(await self._state(steps[at:]), steps[at], tuple(steps))

    async def _back(self, newest: int) -> list[Step]:
        """All changes, the newest first."""
        steps: list[Step] = []
        index: int | None = newest
        while index is not None and len(steps) < MOST_STEPS:
            if index not in self._known:
                self._known[index] = await self._step(index)
            step, index = self._known[index]
            steps.append(step)
        return steps

    async def _step(self, index: int) -> tuple[Step, int | None]:
        """A change, and the entry of the one before."""
        receipt = await self._archive.entry(index)
        if receipt is None:
            raise RulebookNotKeptError
        entry = Entry.from_bytes(receipt.entry)
        concerned = entry.agreement.id if entry.agreement else None
        done = entry.reasons[0] if entry.reasons else ""
        return Step(index, parse_time(entry.time), done, entry.requester, concerned), entry.refers_to

    async def _state(self, steps: list[Step]) -> RulebookState:
        """The state after the first of the steps (the newest first): from the last that says it whole, forward."""
        after: list[tuple[Step, Mapping[str, Any]]] = []
        for step in steps:
            details = await self._details(step.entry_index)
            if "policy_revision" in details:
                state = RulebookState.from_json(details, revision=0, entry_index=step.entry_index)
                for later, said in reversed(after):
                    state = replace(_stopped(state, later, said), entry_index=later.entry_index)
                return state
            after.append((step, details))
        raise RulebookNotKeptError

    async def _details(self, index: int) -> Mapping[str, Any]:
        plaintext = await self._archive.private_part(index)
        if plaintext is None:
            raise RulebookNotKeptError
        return PrivateRecord.opened(plaintext).details


def _stopped(state: RulebookState, step: Step, said: Mapping[str, Any]) -> RulebookState:
    standing, agreement = AgreementStanding(said["standing"]), said["agreement"]
    stopped = {name: one for name, one in state.stopped.items() if name != agreement}
    if standing is not AgreementStanding.IN_FORCE:
        stopped[agreement] = Stopped(standing, format_time(step.at), dict(said["reason"]))
    return replace(state, stopped=stopped)
