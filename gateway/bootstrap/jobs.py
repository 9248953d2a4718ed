"""What staff let run beside the requests, in processes of its own: checks of the whole log, trials of a draft."""

from dataclasses import dataclass

from gateway.adapters.log.group_commit import GroupCommit
from gateway.bootstrap.checking import log_checks
from gateway.bootstrap.trying import TrialProcess
from gateway.deployment.settings import Settings
from gateway.service.log.checking import LogChecks
from gateway.service.ports import Clock
from gateway.service.simulation.record import SimulationRecord
from gateway.service.simulation.trials import DraftTrials


@dataclass(frozen=True, slots=True)
class Jobs:
    """One of each for the whole process."""

    checks: LogChecks
    trials: DraftTrials

    async def close(self) -> None:
        """End what runs."""
        await self.checks.close()
        await self.trials.close()


def jobs_of(settings: Settings, commit: GroupCommit, clock: Clock) -> Jobs:
    trials = DraftTrials(TrialProcess(settings), SimulationRecord(commit, clock), clock)
    return Jobs(log_checks(settings, commit, clock), trials)
