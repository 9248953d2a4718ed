"""What simulates a rulebook on recorded requests, over the log of this deployment.

Decisions are those of the embedded engine, whatever engine the settings name: both decide alike (tested), and a policy
server that others ask meanwhile is left alone. Does not: load the draft (`gateway.bootstrap.rulebook`).
"""

from collections.abc import Mapping
from pathlib import Path

from audit.canonical import JsonValue
from audit.entry import Entry
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.recorded.passing import RecordedProcesses
from gateway.adapters.pdp.cache import CachedEngine
from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.rulebook.build import digest
from gateway.adapters.rulebook.load import Rulebook
from gateway.adapters.rulebook.situation_files import situations_in
from gateway.bootstrap.log import signed_log
from gateway.bootstrap.policy import kept_policies
from gateway.bootstrap.rulebook import kept_agreements
from gateway.deployment.settings import Settings
from gateway.domain.decision import Decision
from gateway.domain.errors import PolicyEngineError
from gateway.service.disclosure.recompute import ReplayError, opened
from gateway.service.disclosure.replay import kept_for
from gateway.service.ports import DecisionQuery, PolicyEngine
from gateway.service.simulation.recorded import Period, Scope
from gateway.service.simulation.simulate import Candidate, Simulation
from gateway.service.simulation.situation import SituationsTried, try_all
from gateway.service.simulation.situation_from_entry import situation_of
from gateway.service.simulation.turning_days import TurningDays

_DECISIONS_KEPT = 500_000
_TRIES = 5


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
        for _ in range(_TRIES - 1):
            try:
                return await self._made.decide(query)
            except PolicyEngineError:  # on a machine that is busy, a decision can be stopped for taking a second
                continue
        return await self._made.decide(query)


def candidate(rulebook: Rulebook, current: Rulebook | None = None) -> Candidate:
    """A rulebook as a simulation needs it; `current` is the one in force, for one that is not. Raises
    PolicyFilesError."""
    engine = _EmbeddedWhenAsked(rulebook)
    agreements = {version.id: version for version in rulebook.agreements}
    named = {"policy": engine.revision, "agreements": {name: version.digest for name, version in agreements.items()}}
    turning: dict[str | None, TurningDays] = {None: TurningDays(rulebook.policy_data)}
    turning |= {name: TurningDays(rulebook.policy_data, version.document) for name, version in agreements.items()}
    begun = {version.id: version.effective for version in current.agreements} if current else {}
    return Candidate(agreements, CachedEngine(engine, _DECISIONS_KEPT), digest(named), turning, begun)


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


async def try_situations(folder: Path, current: Rulebook, draft: Rulebook) -> SituationsTried:
    """The situations of a folder under the draft. Raises PolicyEngineError."""
    situations, broken = situations_in(folder)
    return await try_all(
        situations,
        {one.name: one.fault for one in broken},
        candidate(draft, current),
        candidate(current),
        draft.catalogue,
    )


async def situation(settings: Settings, log: OpenLog, entry_index: int) -> Mapping[str, JsonValue]:
    """The situation of a recorded request, under the rules it was decided by.

    Raises ReplayError, SituationError, LogUnavailableError."""
    receipt = await log.archive.entry(entry_index)
    if receipt is None:
        raise ReplayError(f"the log has no entry {entry_index}")
    signed_log(settings, log).standing(receipt)
    entry = Entry.from_bytes(receipt.entry)
    engine, agreement = kept_for(entry, kept_agreements(log), kept_policies(settings, log))
    part = opened(entry, await log.archive.private_part(entry_index))
    return await situation_of(entry_index, entry, part, agreement, engine)
