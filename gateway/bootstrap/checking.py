"""Runs a check of the whole log in a process of its own, for the use case that staff ask for it by.

Invariant: the process ends when the check is cancelled or the gateway ends. Does not: say what is checked
(`gateway.bootstrap.check_process`), or put anything on record.
"""

import asyncio
import json
import os
import sys
from typing import Any, Final

from gateway.adapters.log.group_commit import GroupCommit
from gateway.deployment.settings import Settings
from gateway.service.log.checking import Check, CheckFailedError, Found, LogChecks, Progress
from gateway.service.ports import Clock

_LONGEST_LINE: Final = 1 << 20
_PATIENCE: Final = 5.0


class CheckProcess:
    """The `CheckRunner` port."""

    def __init__(self, settings: Settings) -> None:
        self._environment = settings.to_environment()

    async def run(self, check: Check, progress: Progress) -> Found:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "gateway.bootstrap.check_process", check.value,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, **self._environment}, limit=_LONGEST_LINE,
        )  # fmt: skip
        ended: dict[str, Any] | None = None
        try:
            while line := await _line(process):
                told = json.loads(line)
                if "ok" in told:
                    ended = told
                else:
                    progress(told["done"], told["total"])
            status = await process.wait()
        except ValueError:
            raise CheckFailedError("the check said something that cannot be read") from None
        finally:
            await _ended(process)
        if ended is None or status != 0:
            raise CheckFailedError("the check ended before its time; the log itself is not concerned")
        return Found(ended["ok"], tuple(ended["findings"]), ended["facts"])


def log_checks(settings: Settings, commit: GroupCommit, clock: Clock) -> LogChecks:
    """One for the whole process."""
    return LogChecks(CheckProcess(settings), commit, clock)


async def _line(process: asyncio.subprocess.Process) -> bytes:
    """What it says next; nothing at its end."""
    return b"" if process.stdout is None else await process.stdout.readline()


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
