"""Joins what waits into batches, without a timer: while one batch is written, the next one gathers.

Invariant: one batch is written at a time, in the order of arrival; every caller gets the outcome of its own batch or
its error; a caller that is cancelled leaves its item in the batch. A full or closed queue refuses at once.
Does not: know what is written.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from gateway.domain.errors import LogUnavailableError

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
Alone = TypeVar("Alone")


class BatchQueue(Generic[Item, Outcome]):
    """Use from one event loop. `write` takes a batch and returns one outcome for each item, in order.

    `threaded` runs it in a thread of its own; otherwise it runs on the loop's own tick."""

    def __init__(
        self,
        write: Callable[[Sequence[Item]], Sequence[Outcome]],
        *,
        threaded: bool,
        max_queued: int,
        max_batch: int,
    ) -> None:
        self._write = write
        self._executor = ThreadPoolExecutor(1, "log-writer") if threaded else None
        self._max_queued = max_queued
        self._max_batch = max_batch
        self._waiting: list[tuple[Item, asyncio.Future[Outcome]]] = []
        self._alone: deque[tuple[Callable[[], Any], asyncio.Future[Any]]] = deque()
        self._seen = 0
        self._busy = False
        self._closed = False
        self._idle = asyncio.Event()
        self._idle.set()

    async def submit(self, item: Item) -> Outcome:
        """Wait for the item's batch. Raises LogUnavailableError, and what `write` raised."""
        self._require_room()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Outcome] = loop.create_future()
        self._waiting.append((item, future))
        self._wake(loop)
        return await future

    async def run_alone(self, work: Callable[[], Alone]) -> Alone:
        """Run `work` between two batches. Raises LogUnavailableError, and what `work` raised."""
        self._require_room()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Alone] = loop.create_future()
        self._alone.append((work, future))
        self._wake(loop)
        return await future

    async def close(self) -> None:
        """Refuse new items and finish those that wait."""
        self._closed = True
        await self._idle.wait()
        if self._executor is not None:
            self._executor.shutdown()

    def _require_room(self) -> None:
        if self._closed:
            raise LogUnavailableError("the disclosure log is closed")
        if len(self._waiting) + len(self._alone) >= self._max_queued:
            raise LogUnavailableError("the disclosure log has too many requests waiting; try again later")

    def _wake(self, loop: asyncio.AbstractEventLoop) -> None:
        if not self._busy:
            self._busy = True
            self._seen = 0
            self._idle.clear()
            loop.call_soon(self._tick, loop)

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        """Write when a turn of the loop brought nothing new, so that all requests at hand share a commit."""
        if self._alone:
            work, future = self._alone.popleft()
            self._start(loop, lambda: [work()], [future])
            return
        count = len(self._waiting)
        if self._seen < count < self._max_batch:
            self._seen = count
            loop.call_soon(self._tick, loop)
            return
        taken, self._waiting = self._waiting[: self._max_batch], self._waiting[self._max_batch :]
        items = [item for item, _future in taken]
        self._start(loop, lambda: self._write(items), [future for _item, future in taken])

    def _start(
        self,
        loop: asyncio.AbstractEventLoop,
        work: Callable[[], Sequence[Any]],
        futures: Sequence["asyncio.Future[Any]"],
    ) -> None:
        if self._executor is not None:
            job = loop.run_in_executor(self._executor, work)
            job.add_done_callback(lambda done: self._finish(loop, futures, done.exception() or done.result()))
            return
        try:
            outcome: Sequence[Any] | BaseException = work()
        except Exception as error:  # noqa: BLE001 - handed to every caller of the batch
            outcome = error
        self._finish(loop, futures, outcome)

    def _finish(
        self,
        loop: asyncio.AbstractEventLoop,
        futures: Sequence["asyncio.Future[Any]"],
        outcome: Sequence[Any] | BaseException,
    ) -> None:
        for position, future in enumerate(futures):
            if future.done():
                continue
            if isinstance(outcome, BaseException):
                # One exception object in many tasks would collect all their tracebacks.
                future.set_exception(type(outcome)(*outcome.args))
            else:
                future.set_result(outcome[position])
        self._seen = 0
        if self._waiting or self._alone:
            loop.call_soon(self._tick, loop)
        else:
            self._busy = False
            self._idle.set()
