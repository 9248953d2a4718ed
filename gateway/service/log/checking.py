"""Checks of the whole log that staff ask for while the gateway runs: its entries against what was signed, and the
tables beside it against its entries.

Invariants: one check at a time; who began it and how it ended are on record, the end with its figures in the private
part; whoever may begin one may stop one. A check runs apart from the gateway (`CheckRunner`), so that no request waits
for it. Does not: verify anything itself (`audit.verify`, `gateway.adapters.log.reconcile`).
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.domain.errors import DependencyError, GatewayError, LogUnavailableError
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog


class Check(StrEnum):
    """What is checked."""

    VERIFY = "verify"
    """Entries, times and hash tiles against the last signed checkpoint, as an outsider does it."""
    RECONCILE = "reconcile"
    """Private parts, search tokens, duties, keys and cases against the entries, which the operator alone can do."""


ENDED: Final[Mapping[Check, tuple[str, str]]] = {
    Check.VERIFY: ("log-verified", "log-not-verified"),
    Check.RECONCILE: ("log-reconciled", "log-not-reconciled"),
}
"""What the entry of the end says where the evidence holds, and where it does not."""


class CheckRefusedError(GatewayError):
    """A check is not begun or stopped; `code` says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class CheckFailedError(DependencyError):
    """A check could not be done, which says nothing about the log."""

    code = "check-failed"


@dataclass(frozen=True, slots=True)
class Found:
    """How a check ended. `findings` are at most a hundred, each with its `code`, its number of places and the first
    entries concerned; `facts` are sizes and the root."""

    ok: bool
    findings: tuple[Mapping[str, Any], ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How a check ended, and the entry that says so. `facts` is empty where the figures cannot be read any more."""

    check: Check
    ok: bool
    entry_index: int
    time: str
    unit: str
    findings: tuple[Mapping[str, Any], ...]
    facts: Mapping[str, Any]


Progress = Callable[[int, int], None]


class CheckRunner(Protocol):
    async def run(self, check: Check, progress: Progress) -> Found:
        """Run it apart from this process; cancelling ends it. `progress` is told entries done and their number.

        Raises CheckFailedError."""


@dataclass(slots=True)
class Running:
    """A check under way."""

    check: Check
    unit: str
    begun: datetime
    entry_index: int
    done: int = 0
    total: int = 0
    stopped_by: Actor | None = None
    task: asyncio.Task[None] | None = field(default=None, repr=False)


class LogChecks:
    """The use case; one for a process. Belongs to one event loop."""

    def __init__(self, runner: CheckRunner, log: DisclosureLog, clock: Clock) -> None:
        self._runner = runner
        self._log = log
        self._clock = clock
        self._running: Running | None = None
        self._ended: dict[Check, CheckResult] = {}
        self._failed: dict[Check, int] = {}
        self._alone = asyncio.Lock()

    @property
    def running(self) -> Running | None:
        return self._running

    def ended(self, check: Check) -> CheckResult | None:
        """How the last check of this kind ended in this process; None where none did."""
        return self._ended.get(check)

    def failed(self, check: Check) -> int | None:
        """The entry that says that the last check of this kind in this process could not be done; None where it was."""
        return self._failed.get(check)

    async def begin(self, check: Check, *, actor: Actor) -> Running:
        """Begin a check, once that is on record. Raises CheckRefusedError where one runs, LogUnavailableError."""
        async with self._alone:
            if self._running is not None:
                raise CheckRefusedError("check-running", "a check runs already; wait for its end, or stop it")
            now = self._clock.now()
            begun = staff_submission(action="log-check-begun", actor=actor, now=now, details={"check": check.value})
            receipt = await put_on_record(self._log, begun, "the check")
            running = Running(check, actor.unit, now, receipt.entry_index)
            self._running = running
            running.task = asyncio.create_task(self._run(running, actor))
            await asyncio.sleep(0)  # it is under way before somebody can stop it, so that its end is on record
            return running

    async def stop(self, *, actor: Actor) -> None:
        """End the check that runs; its end is on record as stopped. Raises CheckRefusedError where none runs."""
        running = self._running
        if running is None or running.task is None:
            raise CheckRefusedError("no-check", "no check runs; look at the result of the last one")
        running.stopped_by = actor
        running.task.cancel()
        await asyncio.gather(running.task, return_exceptions=True)

    async def close(self) -> None:
        """End what runs, with the gateway."""
        if self._running is not None and self._running.task is not None:
            self._running.task.cancel()
            await asyncio.gather(self._running.task, return_exceptions=True)

    async def _run(self, running: Running, actor: Actor) -> None:
        def progress(done: int, total: int) -> None:
            running.done, running.total = done, total

        action, details, found = "log-check-failed", dict[str, Any](), None
        try:
            found = await self._runner.run(running.check, progress)
            if running.check is Check.VERIFY:
                action = "log-verified" if found.ok else "log-not-verified"
            else:
                action = "log-reconciled" if found.ok else "log-not-reconciled"
            details = {"findings": [dict(one) for one in found.findings], "facts": dict(found.facts)}
        except CheckFailedError:
            pass
        except asyncio.CancelledError:
            action, details = "log-check-stopped", {"done": running.done, "total": running.total}
            actor = running.stopped_by or actor
        try:
            index = await self._put_end(running, actor, action, details)
            self._failed.pop(running.check, None)
            if action == "log-check-failed" and index is not None:
                self._failed[running.check] = index
            if found is not None and index is not None:
                self._ended[running.check] = CheckResult(
                    running.check,
                    found.ok,
                    index,
                    format_time(self._clock.now()),
                    actor.unit,
                    found.findings,
                    found.facts,
                )
        finally:
            self._running = None

    async def _put_end(self, running: Running, actor: Actor, action: str, details: Mapping[str, Any]) -> int | None:
        """Where the log cannot take the end, its beginning stands alone: nobody is told a result that is not on
        record."""
        ended = staff_submission(
            action=action,
            actor=actor,
            now=self._clock.now(),
            details={"check": running.check.value, "begun": format_time(running.begun), **details},
            refers_to=running.entry_index,
        )
        try:
            return (await put_on_record(self._log, ended, "the result of the check")).entry_index
        except LogUnavailableError:
            return None
