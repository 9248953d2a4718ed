"""A check of the whole log on request: one at a time, begun and ended on record, stopped by whoever may."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from typing import Any

import pytest

from audit.entry import Entry
from gateway.console.integrity.faults import FAULTS
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.service.log import completeness
from gateway.service.log.checking import Check, CheckFailedError, CheckRefusedError, Found, LogChecks, Progress
from tests.simulator import NOW, SimulatedLog

AUDITOR, OFFICER = Actor.stated("opc-audit", "o.tremblay"), Actor.stated("esdc-isb", "p.singh")
HOLDS = Found(True, (), {"size": 3, "root": "r"})
FAILS = Found(False, ({"code": "root-mismatch", "count": 1, "entries": []},), {"size": 3})


class Clock:
    def now(self) -> datetime:
        return NOW


class Runner:
    """The `CheckRunner` port: ends when it is let."""

    def __init__(self, ends: Found | Exception) -> None:
        self.ends = ends
        self.let = asyncio.Event()

    async def run(self, check: Check, progress: Progress) -> Found:
        progress(1, 3)
        await self.let.wait()
        if isinstance(self.ends, Exception):
            raise self.ends
        return self.ends


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


async def ended(checks: LogChecks) -> None:
    assert checks.running is not None
    assert checks.running.task is not None
    await checks.running.task


def entries(log: SimulatedLog) -> list[Entry]:
    return [made.entry for made in log.submissions]


@pytest.mark.parametrize(
    ("ends", "says"),
    [(HOLDS, "log-verified"), (FAILS, "log-not-verified"), (CheckFailedError("no process"), "log-check-failed")],
)
def test_a_check_is_on_record_when_it_begins_and_with_its_figures_when_it_ends(
    ends: Found | Exception, says: str
) -> None:
    async def work() -> None:
        log, runner = SimulatedLog(), Runner(ends)
        checks = LogChecks(runner, log, Clock())
        running = await checks.begin(Check.VERIFY, actor=AUDITOR)
        assert entries(log)[0].reasons == ("log-check-begun",)
        await asyncio.sleep(0)
        assert (running.done, running.total) == (1, 3)
        runner.let.set()
        await ended(checks)
        last = entries(log)[-1]
        assert (last.reasons, last.refers_to, last.requester) == ((says,), 0, "opc-audit")
        details: Any = log.private()["details"]
        assert details["check"] == "verify"
        if isinstance(ends, Found):
            assert details["facts"] == dict(ends.facts)
            assert details["findings"] == [dict(one) for one in ends.findings]

    run(work())


def test_one_check_at_a_time_and_who_stops_it_is_on_record() -> None:
    async def work() -> None:
        log, runner = SimulatedLog(), Runner(HOLDS)
        checks = LogChecks(runner, log, Clock())
        with pytest.raises(CheckRefusedError, match="no check runs"):
            await checks.stop(actor=AUDITOR)
        await checks.begin(Check.RECONCILE, actor=AUDITOR)
        with pytest.raises(CheckRefusedError, match="runs already"):
            await checks.begin(Check.VERIFY, actor=OFFICER)
        await asyncio.sleep(0)
        await checks.stop(actor=OFFICER)
        assert checks.running is None
        assert [entry.reasons[0] for entry in entries(log)] == ["log-check-begun", "log-check-stopped"]
        assert entries(log)[-1].requester == "esdc-isb"
        await checks.begin(Check.VERIFY, actor=OFFICER)
        await checks.close()

    run(work())


def test_what_cannot_be_put_on_record_is_not_begun() -> None:
    async def work() -> None:
        log = SimulatedLog()
        checks = LogChecks(Runner(HOLDS), log, Clock())
        log.fail_next = True
        with pytest.raises(LogUnavailableError):
            await checks.begin(Check.VERIFY, actor=AUDITOR)
        assert checks.running is None

    run(work())


def test_a_result_that_cannot_be_put_on_record_is_told_to_nobody_and_the_next_check_can_begin() -> None:
    async def work() -> None:
        log, runner = SimulatedLog(), Runner(HOLDS)
        checks = LogChecks(runner, log, Clock())
        await checks.begin(Check.VERIFY, actor=AUDITOR)
        log.fail_next = True
        runner.let.set()
        await ended(checks)
        assert len(entries(log)) == 1
        await checks.begin(Check.VERIFY, actor=AUDITOR)  # ends at once
        assert checks.running is None
        assert entries(log)[-1].reasons == ("log-verified",)

    run(work())


def test_every_fault_that_a_check_can_find_has_words_in_both_languages() -> None:
    verifier = {
        "signature-missing", "signature-invalid", "note-malformed", "checkpoint-malformed", "root-mismatch",
        "rolled-back", "history-changed", "tile-malformed", "tile-missing", "tile-mismatch", "tree-range",
        "proof-invalid", "not-canonical", "entry-malformed", "refers-forward", "time-in-future", "time-backwards",
    }  # fmt: skip
    assert set(FAULTS) == verifier | set(completeness.FAULTS) | set(completeness.CANNOT_TELL)
    assert all(one[0] != one[1] for one in FAULTS.values())
