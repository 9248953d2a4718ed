"""That somebody simulated is on record: before the first private part is opened, and how it ended; and that
a situation was written of a recorded request.

Invariant: what is opened for a simulation was put on record first, with its period and the digest of the draft. The
counts are in the private part, beside the officer; they name nobody. Does not: simulate.
"""

from dataclasses import dataclass
from typing import Final, Self

from audit import vocabulary
from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError
from gateway.domain.submission import Receipt
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog
from gateway.service.simulation.recorded import Period
from gateway.service.simulation.simulate import SimulationReport

_WHAT: Final = "the simulation"


class SimulationError(GatewayError):
    """A simulation cannot be begun. The message says why."""

    code = "simulation-refused"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a simulation ended: entries read and to be read, requests decided anew, changed, not decided."""

    read: int
    total: int
    requests: int
    changed: int
    not_decided: int

    @classmethod
    def of(cls, report: SimulationReport) -> Self:
        """From what was found."""
        return cls(report.read, report.total, report.requests, report.changed, sum(report.not_decided.values()))


class SimulationRecord:
    """The use cases."""

    def __init__(self, log: DisclosureLog, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    async def begin(self, period: Period, draft: str, *, actor: Actor) -> Receipt:
        """`draft` is its digest. Raises SimulationError, LogUnavailableError."""
        if not vocabulary.is_digest(draft):
            raise SimulationError("draft: it is named by its digest, 43 characters")
        if period.since is not None and period.until is not None and period.until < period.since:
            raise SimulationError("period: it ends before it begins")
        submission = staff_submission(
            action="simulation-begun",
            actor=actor,
            now=self._clock.now(),
            details={
                "draft": draft,
                "since": None if period.since is None else period.since.isoformat(),
                "until": None if period.until is None else period.until.isoformat(),
            },
        )
        return await put_on_record(self._log, submission, _WHAT)

    async def end(self, begun: int, ended: Ended, *, actor: Actor) -> Receipt:
        """`begun` is the entry that the beginning made. Raises LogUnavailableError."""
        submission = staff_submission(
            action="simulation-ended",
            actor=actor,
            now=self._clock.now(),
            refers_to=begun,
            details={
                "read": ended.read,
                "total": ended.total,
                "requests": ended.requests,
                "changed": ended.changed,
                "not_decided": ended.not_decided,
            },
        )
        return await put_on_record(self._log, submission, _WHAT)

    async def situation(self, entry_index: int, *, actor: Actor) -> Receipt:
        """That a situation is written of an entry. Raises LogUnavailableError."""
        submission = staff_submission(
            action="situation-written", actor=actor, now=self._clock.now(), refers_to=entry_index
        )
        return await put_on_record(self._log, submission, "the situation")
