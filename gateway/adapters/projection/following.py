"""Keeps the projection up with the log while the gateway runs, in the background and never in a hurry.

Invariant: it waits for nothing that a disclosure waits for, and rests as long as it worked where it has much to read. A
failure is told once and tried again; it stops nothing else. Does not: decide who builds (the builder's lock does).
"""

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Final

from gateway.adapters.projection.building import Builder
from gateway.service.projection.reading import ProjectionError
from gateway.service.projection.rows import Standing

STEP: Final = 1_000
_IDLE_SECONDS: Final = 0.5
_AGAIN_SECONDS: Final = 5.0


class ProjectionFollower:
    """The port `Follower`."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder

    async def standing(self) -> Standing:
        return await asyncio.to_thread(self._builder.standing)

    async def rebuild(self) -> Standing:
        await asyncio.to_thread(self._builder.rebuild)
        return await self.standing()

    async def advance(self, most: int) -> Standing:
        await asyncio.to_thread(self._builder.advance, most)
        return await self.standing()


async def follow(builder: Builder, failed: Callable[[ProjectionError], None]) -> None:
    """Until cancelled; a step that was begun is finished first."""
    told = False
    while True:
        began = time.monotonic()
        try:
            read = await _finished(asyncio.ensure_future(asyncio.to_thread(builder.advance, STEP)))
        except ProjectionError as error:
            if not told:
                failed(error)
            told = True
            await asyncio.sleep(_AGAIN_SECONDS)
            continue
        told = False
        await asyncio.sleep(_IDLE_SECONDS if read < STEP else time.monotonic() - began)


async def _finished(step: "asyncio.Future[int]") -> int:
    try:
        return await asyncio.shield(step)
    except asyncio.CancelledError:
        with contextlib.suppress(ProjectionError):
            await step
        raise
