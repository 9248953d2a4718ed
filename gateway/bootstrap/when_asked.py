"""What few staff commands need, opened when a use case asks for it: the policy engine, the sources, what recomputes a
decision, what adopts old rows.

Most commands decide nothing and read no record; they should neither load a policy, nor push one to a policy server that
others ask meanwhile, nor connect to a source. Invariant: what is opened is opened once, and closed with the desk.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gateway.adapters.rulebook.load import Rulebook
from gateway.bootstrap.log import SystemClock, derived
from gateway.deployment.settings import Settings
from gateway.domain.actor import Actor
from gateway.domain.decision import Decision
from gateway.service.ports import DecisionQuery, Source

if TYPE_CHECKING:
    from gateway.adapters.log.adopting import Adopting, Unsealed
    from gateway.adapters.log.assembly import OpenLog
    from gateway.adapters.log.group_commit import GroupCommit
    from gateway.adapters.sources.registry import SourceRegistry
    from gateway.bootstrap.policy import RunningEngine
    from gateway.service.disclosure.replay import Replay, ReplayReport


class EngineWhenAsked:
    """The `PolicyEngine` that the settings name. Raises ConfigurationError where it does not fit them."""

    def __init__(self, settings: Settings, rulebook: Rulebook) -> None:
        self._settings = settings
        self._rulebook = rulebook
        self._made: RunningEngine | None = None
        self._started = False

    @property
    def revision(self) -> str:
        return self._engine().revision

    async def decide(self, query: DecisionQuery) -> Decision:
        if not self._started:
            await self._engine().start()
            self._started = True
        return await self._engine().decide(query)

    async def close(self) -> None:
        if self._made is not None:
            await self._made.close()

    def _engine(self) -> "RunningEngine":
        if self._made is None:
            from gateway.bootstrap.policy import policy_engine

            self._made = policy_engine(self._settings, self._rulebook)
        return self._made


class SourcesWhenAsked:
    """The `Sources` that the settings declare. Raises SourceDeclarationError."""

    def __init__(self, settings: Settings, rulebook: Rulebook) -> None:
        self._settings = settings
        self._rulebook = rulebook
        self._made: SourceRegistry | None = None

    def find(self, record_type: str) -> Source | None:
        if self._made is None:
            from gateway.adapters.sources.registry import open_sources

            secret = derived(self._settings, b"cursor")
            self._made = open_sources(self._settings.sources_file, self._rulebook.catalogue, secret)
        return self._made.find(record_type)

    def close(self) -> None:
        if self._made is not None:
            self._made.close()


class ReplayWhenAsked:
    """Recomputes decisions of this log; policies that it opened stay open for the next."""

    def __init__(self, settings: Settings, log: "OpenLog", commit: "GroupCommit") -> None:
        self._parts = settings, log, commit
        self._made: Replay | None = None

    async def __call__(self, entry_index: int, *, actor: Actor) -> "ReplayReport":
        if self._made is None:
            from gateway.bootstrap.replay import replaying

            self._made = replaying(*self._parts)
        return await self._made(entry_index, actor=actor)


class AdoptionWhenAsked:
    """Puts rows from before there were seals on record. Reading the log for it is done on another thread."""

    def __init__(self, settings: Settings, log: "OpenLog", commit: "GroupCommit") -> None:
        self._settings = settings
        self._log = log
        self._commit = commit
        self._made: Adopting | None = None

    async def look(self) -> "Sequence[Unsealed]":
        return await asyncio.to_thread(self._adopting().look)

    async def adopt(self, *, actor: Actor) -> "tuple[Sequence[Unsealed], int]":
        found = await self.look()
        return found, len(await self._adopting().adopt(found, self._commit, SystemClock(), actor=actor))

    def _adopting(self) -> "Adopting":
        if self._made is None:
            from gateway.bootstrap.reconciling import adopting

            self._made = adopting(self._settings, self._log)
        return self._made
