"""Runs a check of the whole log in a process of its own, for the use case that staff ask for it by.

Does not: say what is checked (`gateway.bootstrap.check_process`), or put anything on record.
"""

from gateway.adapters.log.group_commit import GroupCommit
from gateway.bootstrap.speaking_process import speaking
from gateway.deployment.settings import Settings
from gateway.service.log.checking import Check, CheckFailedError, Found, LogChecks, Progress
from gateway.service.ports import Clock


class CheckProcess:
    """The `CheckRunner` port."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def run(self, check: Check, progress: Progress) -> Found:
        ended: Found | None = None
        async with speaking(self._settings, "gateway.bootstrap.check_process", check.value) as running:
            try:
                async for told in running.lines():
                    if "ok" in told:
                        ended = Found(told["ok"], tuple(told["findings"]), told["facts"])
                    else:
                        progress(told["done"], told["total"])
            except (ValueError, KeyError):
                raise CheckFailedError("the check said something that cannot be read") from None
            status = await running.process.wait()
        if ended is None or status != 0:
            raise CheckFailedError("the check ended before its time; the log itself is not concerned")
        return ended


def log_checks(settings: Settings, commit: GroupCommit, clock: Clock) -> LogChecks:
    """One for the whole process."""
    return LogChecks(CheckProcess(settings), commit, clock)
