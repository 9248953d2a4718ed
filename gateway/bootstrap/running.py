"""What a running gateway does besides answering: tasks from start to end, and whether its parts answer."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

from fastapi import FastAPI

from gateway.adapters.keyring import Keyring
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.watch import keep_snapshot, keep_snapshots
from gateway.adapters.projection.following import follow
from gateway.api.pace import Pace
from gateway.bootstrap.following import FollowedRulebook
from gateway.bootstrap.jobs import Jobs
from gateway.bootstrap.officers import StaffDoor
from gateway.bootstrap.projection import OpenProjection
from gateway.domain.errors import DependencyError, GatewayError, PolicyEngineError
from gateway.observability.logs import Event, diagnostic_log
from gateway.staff.desk import StaffDesk
from gateway.staff.socket import serving

Beside = Callable[[Callable[[], StaffDesk]], contextlib.AbstractAsyncContextManager[None]]
"""What lives with the gateway in its process, over the staff's desk as it is now: the console."""


def log_answers(log: OpenLog) -> Callable[[], Coroutine[Any, Any, bool]]:
    """Whether the log can be read."""

    async def check() -> bool:
        try:
            await asyncio.to_thread(log.reader.head)
        except DependencyError:
            return False
        return True

    return check


def policy_answers(followed: FollowedRulebook) -> Callable[[], Coroutine[Any, Any, bool]]:
    """Whether the policy engine decides."""

    async def check() -> bool:
        try:
            await followed.taken.engine.ready()
        except PolicyEngineError:
            return False
        return True

    return check


def lifespan(
    log: OpenLog,
    commit: GroupCommit,
    keyring: Keyring,
    followed: FollowedRulebook,
    projection: OpenProjection,
    pace: Pace,
    door: StaffDoor,
    begin: Callable[[], Coroutine[Any, Any, object]],
    check: Callable[[], None],
    jobs: Jobs,
    beside: Beside | None = None,
) -> Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]:
    """From start to end of the process; `begin` before the first request is taken, `check` once beside the first."""

    @contextlib.asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        await followed.taken.engine.start()
        await begin()
        tasks = [
            asyncio.create_task(log.checkpoints.run(_failed(Event.CHECKPOINT_REFUSED))),
            asyncio.create_task(keyring.run(_failed(Event.DEPENDENCY_FAILED))),
            asyncio.create_task(followed.desk().referral_clock.run()),
            asyncio.create_task(keep_snapshots(log.proven)),
            asyncio.create_task(followed.run(_failed(Event.DEPENDENCY_FAILED))),
            asyncio.create_task(_publish_when_due(followed, _failed(Event.DEPENDENCY_FAILED))),
            asyncio.create_task(follow(projection.builder, _failed(Event.PROJECTION_STOPPED))),
            asyncio.create_task(asyncio.to_thread(check)),
        ]
        diagnostic_log().info(Event.STARTED, policy_revision=followed.taken.engine.revision)
        if door.callers.believes_anybody:
            diagnostic_log().warning(Event.STAFF_NOT_IDENTIFIED)
        try:
            async with _listening(followed.desk, door), beside(followed.desk) if beside else contextlib.nullcontext():
                yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            pace.close()
            if door.callers.sign_in is not None:
                await door.callers.sign_in.close()
            await jobs.close()
            await commit.close()
            keep_snapshot(log.proven)
            projection.close()
            log.engine.dispose()
            await followed.close()
            diagnostic_log().info(Event.STOPPED)

    return living


async def _publish_when_due(followed: FollowedRulebook, failed: Callable[[GatewayError], None]) -> None:
    """Scheduled drafts go into force by the clock, until cancelled; one that fails does not stop the next."""
    while True:
        clock = followed.desk().rulebook.publishing_clock
        await clock.sleep()
        try:
            if await clock.tick():
                await followed.refresh()
        except GatewayError as error:
            failed(error)


def _listening(desk: Callable[[], StaffDesk], door: StaffDoor) -> contextlib.AbstractAsyncContextManager[None]:
    if door.socket is None:
        return contextlib.nullcontext()
    return serving(desk, door.socket, door.callers, door.group)


def _failed(event: Event) -> Callable[[GatewayError], None]:
    return lambda error: diagnostic_log().error(event, code=error.code, exception=type(error).__name__)
