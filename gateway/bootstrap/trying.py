"""Runs a trial of a draft in a process of its own, for the use case that staff ask for it by.

Invariant: the process opens nothing of a person before `ready` has returned; it ends when the trial is cancelled or the
gateway ends. Does not: say what is tried (`gateway.bootstrap.trial_process`), or put anything on record.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any, Final

from gateway.deployment.settings import Settings
from gateway.service.rulebook.recorded import Period
from gateway.service.rulebook.simulation_record import Ended
from gateway.service.rulebook.trying import Progress, Ready, TrialFailedError, Tried

_LONGEST_LINE: Final = 1 << 24
_PATIENCE: Final = 5.0


class TrialProcess:
    """The `TrialRunner` port."""

    def __init__(self, settings: Settings) -> None:
        self._environment = settings.to_environment()

    async def run(
        self, draft: str, period: Period, ready: Ready, progress: Progress, stop: asyncio.Event
    ) -> Tried | None:
        days = [day.isoformat() if day else "" for day in (period.since, period.until)]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "gateway.bootstrap.trial_process", draft, *days,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, **self._environment}, limit=_LONGEST_LINE,
        )  # fmt: skip
        stopping = asyncio.create_task(_interrupt(process, stop))
        try:
            return await _followed(process, ready, progress)
        except (ValueError, KeyError, TypeError, OSError):
            raise TrialFailedError("the simulation said something that cannot be read") from None
        finally:
            stopping.cancel()
            await _ended(process)


async def _followed(process: asyncio.subprocess.Process, ready: Ready, progress: Progress) -> Tried | None:
    said, heard = process.stdout, process.stdin
    if said is None or heard is None:
        raise TrialFailedError("the simulation cannot be heard; the draft is not concerned")
    while line := await said.readline():
        told: Mapping[str, Any] = json.loads(line)
        if "same" in told:
            return None
        if "rulebook" in told:
            await ready(told["rulebook"])
            heard.write(b"go\n")
            await heard.drain()
        elif "done" in told:
            progress(told["done"], told["total"])
        elif "counts" in told:
            return Tried(Ended(**told["counts"]), told["pages"])
    raise TrialFailedError("the simulation ended before its time; the draft is not concerned")


async def _interrupt(process: asyncio.subprocess.Process, stop: asyncio.Event) -> None:
    await stop.wait()
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT)


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
