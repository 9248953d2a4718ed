"""The staff calls about the integrity of the log: how far it is signed, checks of the whole of it, taking it away.
JSON in, JSON out.

Invariant: figures, roots and codes; nothing here names a person. A root is base64 with padding, as the independent
program prints it. Does not: verify (`gateway.service.log.checking`), write a file, or print.
"""

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from audit.encoding import to_base64
from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.service.log.checking import Check, CheckResult, Running
from gateway.service.log.signed_history import SignedHead
from gateway.service.projection.reading import ProjectionError
from gateway.staff.oversight_desk import OversightDesk
from gateway.staff.reading import ArgumentError
from gateway.staff.refusal import WorkRefusedError

Json = Any
SHOWN: Final = 10
MOST_SHOWN: Final = 200


class Desk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def oversight(self) -> OversightDesk: ...


async def log_integrity(desk: Desk, actor: Actor, *, limit: int = SHOWN) -> Json:
    """Size and root, the last checkpoints, the check that runs, and how the last ones ended (`results_known` is False
    where the projection, which finds them, cannot be read)."""
    oversight = desk.oversight
    history = oversight.history
    checkpoints = await asyncio.to_thread(history.latest, max(1, min(limit, MOST_SHOWN)))
    size, root = await asyncio.to_thread(history.head)
    try:
        results = {check.value: await _last(oversight, check) for check in Check}
    except ProjectionError:
        results = None
    return {
        "size": size,
        "root": to_base64(root),
        "key": history.verifier_key,
        "checkpoints": [_head(one) for one in checkpoints],
        "reconciled": await asyncio.to_thread(history.reconciled),
        "running": _running(oversight.checks.running),
        "failed": {check.value: oversight.checks.failed(check) for check in Check},
        "results_known": results is not None,
        "results": {name: _result(one) for name, one in (results or {}).items()},
    }


async def log_check(desk: Desk, actor: Actor) -> Json:
    """The check that runs, null where none does."""
    return _running(desk.oversight.checks.running)


async def log_check_begin(desk: Desk, actor: Actor, *, check: str) -> Json:
    """Begin a check of the whole log, one at a time; its end is an entry."""
    if check not in list(Check):
        raise ArgumentError(f"check: one of {', '.join(Check)}")
    return _running(await desk.oversight.checks.begin(Check(check), actor=actor))


async def log_check_stop(desk: Desk, actor: Actor) -> Json:
    """Stop the check that runs."""
    await desk.oversight.checks.stop(actor=actor)


async def log_export(desk: Desk, actor: Actor, *, size: int) -> Json:
    """Put on record that the log up to a signed checkpoint is taken; then its tiles may be."""
    made = await desk.oversight.exporting.begin(size, actor=actor)
    return {**_head(made.head), "key": desk.oversight.history.verifier_key, "entry_index": made.receipt.entry_index}


async def log_tile(desk: Desk, actor: Actor, *, path: str) -> Json:
    """The bytes at a path of C2SP tlog-tiles, in base64."""
    found = await asyncio.to_thread(desk.oversight.history.tile, path)
    if found is None:
        raise WorkRefusedError("unknown-tile", "the log has no tile at this path")
    return {"tile": b64encode(found).decode("ascii")}


INTEGRITY_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "log.integrity": log_integrity,
    "log.check": log_check,
    "log.check-begin": log_check_begin,
    "log.check-stop": log_check_stop,
    "log.export": log_export,
    "log.tile": log_tile,
}


async def _last(oversight: OversightDesk, check: Check) -> CheckResult | None:
    """The last on record, which a projection that is a moment behind may not have read yet."""
    here, read = oversight.checks.ended(check), await oversight.results.last(check)
    if here is None or read is None:
        return here or read
    return max(here, read, key=lambda one: one.entry_index)


def _head(one: SignedHead) -> dict[str, Json]:
    return {
        "size": one.size,
        "root": to_base64(one.root),
        "signed_at": format_time(datetime.fromtimestamp(one.signed_at, UTC)),
        "genuine": one.genuine,
        "witnesses": list(one.witnesses),
        "note": one.note,
    }


def _running(one: Running | None) -> Json:
    if one is None:
        return None
    return {
        "check": one.check.value,
        "unit": one.unit,
        "begun": format_time(one.begun),
        "entry_index": one.entry_index,
        "done": one.done,
        "total": one.total,
    }


def _result(one: CheckResult | None) -> Json:
    if one is None:
        return None
    return {
        "ok": one.ok,
        "entry_index": one.entry_index,
        "time": one.time,
        "unit": one.unit,
        "findings": [dict(found) for found in one.findings],
        "facts": dict(one.facts),
    }
