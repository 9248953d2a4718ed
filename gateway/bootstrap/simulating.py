"""What simulates a rulebook on recorded requests, over the log of this deployment.

Decisions are those of the embedded engine, whatever engine the settings name: both decide alike (tested), and a policy
server that others ask meanwhile is left alone. Does not: load the draft (`gateway.bootstrap.rulebook`).
"""

from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.recorded.passing import RecordedProcesses
from gateway.adapters.pdp.cache import CachedEngine
from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.rulebook.build import digest
from gateway.adapters.rulebook.load import Rulebook
from gateway.deployment.settings import Settings
from gateway.domain.decision import Decision
from gateway.service.ports import DecisionQuery, PolicyEngine
from gateway.service.rulebook.recorded import Period, Scope
from gateway.service.rulebook.simulation import Candidate, Simulation

_DECISIONS_KEPT = 500_000


class _EmbeddedWhenAsked:
    """Made with the first decision: the processes of the pass are forked before, from one thread."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._data = rulebook.policy_data
        self._sources = read_sources()
        self._made: PolicyEngine | None = None
        self.revision = self._sources.revision(self._data)

    async def decide(self, query: DecisionQuery) -> Decision:
        if self._made is None:
            from gateway.adapters.pdp.wasm import WasmEngine

            self._made = WasmEngine(self._sources, self._data)
        return await self._made.decide(query)


def candidate(rulebook: Rulebook) -> Candidate:
    """A rulebook as a simulation needs it. Raises PolicyFilesError."""
    engine = _EmbeddedWhenAsked(rulebook)
    agreements = {version.id: version for version in rulebook.agreements}
    named = {"policy": engine.revision, "agreements": {name: version.digest for name, version in agreements.items()}}
    return Candidate(agreements, CachedEngine(engine, _DECISIONS_KEPT), digest(named))


def concerned(current: Rulebook, draft: Rulebook) -> frozenset[str] | None:
    """The agreements that the draft adds, changes or takes away; None where it changes what every decision rests on
    (register, parties, catalogue)."""
    if current.policy_data != draft.policy_data:
        return None
    was, now = ({version.id: version.digest for version in one.agreements} for one in (current, draft))
    return frozenset(name for name in was.keys() | now.keys() if was.get(name) != now.get(name))


def scope(current: Rulebook, draft: Rulebook, period: Period) -> Scope:
    """Which recorded requests the draft concerns."""
    return Scope(
        period=period,
        agreements=concerned(current, draft),
        zones={version.id: version.time_zone for version in draft.agreements},
        units=frozenset(str(unit) for one in (current, draft) for unit in one.parties.units),
    )


def simulation(settings: Settings, log: OpenLog, current: Rulebook, draft: Candidate) -> Simulation:
    """One simulation of a command, in a process for each core."""
    recorded = RecordedProcesses(settings.database_url, log.engine, log.vault)
    return Simulation(recorded, draft, candidate(current))
