"""What a running gateway does about proof besides asking for it: keeps snapshots, and tells of what no entry bears out
and of tables that are not whole.

Does not: decide what is borne out (`gateway.adapters.log.proven`) or whole (`gateway.adapters.log.reconcile`).
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from gateway.adapters.log.proven import ProvenState
from gateway.domain.errors import LogUnavailableError
from gateway.observability.logs import Event, diagnostic_log, security_log

if TYPE_CHECKING:
    from gateway.adapters.log.reconcile.run import Reconcile

_SNAPSHOT_SECONDS: Final = 60
_SAMPLE: Final = 500


def tell(proven: ProvenState, counted: Callable[[str], None] = lambda _kind: None) -> None:
    """From now on an alarm is a security event, and `counted` is told the kind: somebody wrote past the gateway, or a
    backup was restored in part."""

    def alarm(kind: str) -> None:
        security_log().error(Event.UNPROVEN_STATE, part=kind)
        counted(kind)

    proven.alarm = alarm


def check_sample(reconcile: "Reconcile", counted: Callable[[str], None]) -> None:
    """Hold a sample of the tables against the log, as a gateway that starts does; each kind of fault is a security
    event. What is at fault stops no disclosure: it stops accounts, and `gateway log reconcile` names it."""
    try:
        faults = reconcile.sample(_SAMPLE).faults
    except LogUnavailableError as error:
        diagnostic_log().error(Event.DEPENDENCY_FAILED, code=error.code, part="reconcile-sample")
        return
    for fault in faults:
        security_log().error(Event.TABLES_NOT_WHOLE, code=fault.kind, size=fault.count)
        counted(fault.kind)


def keep_snapshot(proven: ProvenState) -> None:
    """So that the next start has less to read; where it cannot be kept, the next start reads more."""
    with contextlib.suppress(LogUnavailableError):
        proven.catch_up()
        proven.keep()


async def keep_snapshots(proven: ProvenState) -> None:
    """Now and then until cancelled, for a process that is killed and never gets to its end."""
    while True:
        await asyncio.sleep(_SNAPSHOT_SECONDS)
        await asyncio.to_thread(keep_snapshot, proven)
