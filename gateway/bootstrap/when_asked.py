"""The policy engine and the sources of one staff command, opened when a use case asks for them.

Most commands decide nothing and read no record; they should neither load a policy, nor push one to a policy server that
others ask meanwhile, nor connect to a source. Invariant: what is opened is opened once, and closed with the desk.
"""

from typing import TYPE_CHECKING

from gateway.adapters.rulebook.load import Rulebook
from gateway.bootstrap.log import derived
from gateway.deployment.settings import Settings
from gateway.domain.decision import Decision
from gateway.service.ports import DecisionQuery, Source

if TYPE_CHECKING:
    from gateway.adapters.sources.registry import SourceRegistry
    from gateway.bootstrap.policy import RunningEngine


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
