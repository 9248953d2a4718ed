"""What `gateway log adopt` does: rows from before seals are held against the log and put on record.

On SQLite the gateway must be stopped. Does not: name options (`gateway.cli.log`).
"""

import asyncio
from collections.abc import Callable
from typing import Any

import typer

from audit.errors import EntryError
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.group_commit import GroupCommit
from gateway.bootstrap.log import SystemClock, append_log
from gateway.cli.log_reading import reading
from gateway.deployment.settings import Settings


def adopt(settings: Settings, unit: str, officer: str, *, yes: bool) -> None:
    from gateway.bootstrap.reconciling import adopting

    with reading(settings) as opened:
        adoption = adopting(settings, opened)
        found = adoption.look()
        for one in found:
            print(one.name if one.because is None else f"NOT ADOPTED {one.name}: {one.because}")
        fit = sum(one.because is None for one in found)
        if not yes:
            print(f"{fit} of {len(found)} rows can be adopted; --yes puts them on record")
        else:

            async def work(log: GroupCommit) -> Any:
                return await adoption.adopt(found, log, SystemClock(), unit=unit, officer=officer)

            done = _appending(settings, opened, work) if fit else ()
            print(f"{len(done)} of {len(found)} rows adopted, each by an entry of its own")
    if fit < len(found):
        raise typer.Exit(1)


def _appending(settings: Settings, opened: OpenLog, work: Callable[[GroupCommit], Any]) -> Any:
    async def run() -> Any:
        log = append_log(settings, opened)
        try:
            return await work(log)
        finally:
            await log.close()
            opened.checkpoints.sign()

    try:
        return asyncio.run(run())
    except EntryError:
        raise typer.BadParameter("unit and authority are codes, such as esdc-isb and PA-6-3") from None
