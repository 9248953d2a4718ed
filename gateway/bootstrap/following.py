"""The rulebook that this process decides by, and how it takes another one while it serves.

Invariants: what is made of a rulebook (policy, catalogue, words, sources, use cases, the staff's desk) is exchanged as
a whole or not at all; one that cannot be taken raises an alarm and the process stays with the one before, whose permits
the log then refuses (ADR 20). A request that began before ends with what it began with. Does not: change the rulebook.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from gateway.adapters.db.state_records import StateTable
from gateway.adapters.pdp.cache import CachedEngine
from gateway.adapters.rulebook.load import Rulebook
from gateway.adapters.sources.registry import SourceRegistry
from gateway.api.rules import PartnerRules
from gateway.bootstrap.policy import RunningEngine
from gateway.domain.errors import GatewayError
from gateway.domain.rulebook import IN_FORCE, KIND, RulebookState
from gateway.observability.logs import Event, diagnostic_log
from gateway.service.rulebook.in_force import RulebookInForce
from gateway.staff.desk import StaffDesk

EVERY_SECOND: Final = 1.0
_LET_GO_SECONDS: Final = 60.0
"""How long what was replaced stays open for requests that began with it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A rulebook, and what this process made of it."""

    state: RulebookState
    rulebook: Rulebook
    engine: RunningEngine
    cached: CachedEngine
    sources: SourceRegistry
    rules: PartnerRules
    desk: StaffDesk


@dataclass(frozen=True, slots=True)
class OnRecord:
    """The state on record, for whoever follows it."""

    records: StateTable
    in_force: RulebookInForce

    async def revision(self) -> int:
        return await self.records.revision(KIND, IN_FORCE)

    async def read(self) -> RulebookState | None:
        return await self.in_force.read()


class FollowedRulebook:
    """The `RulesInForce` of the partner API, and the desk of the staff. `make` blocks; it takes what is in force now
    and a state, and reuses what the change leaves as it is."""

    def __init__(self, states: OnRecord, first: Taken, make: Callable[[Taken, RulebookState], Taken]) -> None:
        self._states = states
        self._taken = first
        self._make = make
        self._one_at_a_time = asyncio.Lock()
        self._letting_go: set[asyncio.Task[None]] = set()

    @property
    def taken(self) -> Taken:
        return self._taken

    @property
    def now(self) -> PartnerRules:
        return self._taken.rules

    def desk(self) -> StaffDesk:
        return self._taken.desk

    async def refresh(self) -> None:
        """Take the rulebook on record where it is another. What cannot be taken is an alarm, not an error of the
        request that noticed. Raises LogUnavailableError."""
        async with self._one_at_a_time:
            state = await self._states.read()
            if state is not None and state.revision != self._taken.state.revision:
                await self.take(state)

    async def take(self, state: RulebookState) -> None:
        """Take this state's rulebook, or stay with the one before and raise the alarm."""
        before = self._taken
        try:
            made = await asyncio.to_thread(self._make, before, state)
            await self._start(before, made)
        except Exception as error:  # noqa: BLE001 - whatever it is, this process goes on with the rulebook before
            diagnostic_log().error(
                Event.RULEBOOK_NOT_TAKEN,
                code=getattr(error, "code", "files" if isinstance(error, OSError) else "unexpected"),
                exception=type(error).__name__,
                entry_index=state.entry_index,
            )
            return
        self._taken = made
        diagnostic_log().info(Event.RULEBOOK_TAKEN, policy_revision=made.engine.revision, entry_index=state.entry_index)
        if made.engine is not before.engine or made.sources is not before.sources:
            self._later(self._let_go(before, made))

    async def _start(self, before: Taken, made: Taken) -> None:
        """Start what is new; where it does not start, what was opened is closed again."""
        if made.engine is before.engine:
            return
        try:
            await made.engine.start()
        except BaseException:
            await _close(made, before)
            raise

    async def run(self, failed: Callable[[GatewayError], None]) -> None:
        """Look every second whether another rulebook is on record, until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECOND)
            try:
                if await self._states.revision() != self._taken.state.revision:
                    await self.refresh()
            except GatewayError as error:
                failed(error)

    async def close(self) -> None:
        """Close what is in force, and what was replaced and is still open."""
        for task in tuple(self._letting_go):
            task.cancel()
        await asyncio.gather(*self._letting_go, return_exceptions=True)
        await self._taken.engine.close()
        self._taken.sources.close()

    def _later(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._letting_go.add(task)
        task.add_done_callback(self._letting_go.discard)

    async def _let_go(self, before: Taken, after: Taken) -> None:
        try:
            await asyncio.sleep(_LET_GO_SECONDS)
        finally:
            await _close(before, after)


async def _close(what: Taken, kept: Taken) -> None:
    """Close the parts of a rulebook that another one does not use."""
    if what.engine is not kept.engine:
        await what.engine.close()
    if what.sources is not kept.sources:
        what.sources.close()
