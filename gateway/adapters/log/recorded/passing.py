"""The port `RecordedRequests`: a pass over the log, in a thread of a running gateway or in a process for each core.

Invariant: the same cases and counts either way. Processes are forked, so that no secret is written anywhere for them;
each opens connections of its own and leaves an interruption to the command, which stops them. Does not: decide.
"""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy import Engine

from gateway.adapters.db.engine import open_engine
from gateway.adapters.log.recorded.cases import Bytes, CaseReader
from gateway.adapters.log.recorded.reading import RangeCounted, RecordedReader, entries_of
from gateway.adapters.log.vault import Vault
from gateway.service.simulation.recorded import Chunk, Scope, Seen

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_STEP: Final = 10_000
_STEP_HERE: Final = 1_000
Range = tuple[int, int]


class RecordedHere:
    """In a thread beside the event loop, over an engine that is open: for a running gateway."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    async def read(self, scope: Scope) -> AsyncGenerator[Chunk, None]:
        """Raises LogUnavailableError."""
        first, until = await asyncio.to_thread(entries_of, self._engine, scope.period)
        reader, told = RecordedReader(self._engine, self._vault, scope), _Telling(until - first)
        for start, end in _ranges(first, until, _STEP_HERE):
            yield told.chunk(await asyncio.to_thread(reader.count, start, end))


class RecordedProcesses:
    """In `count` processes, for a command that has no threads. `url` is the database's, `engine` one that is open."""

    def __init__(self, url: str, engine: Engine, vault: Vault, count: int | None = None) -> None:
        self._url = url
        self._engine = engine
        self._vault = vault
        self._count = count or os.cpu_count() or 1

    async def read(self, scope: Scope) -> AsyncGenerator[Chunk, None]:
        """Raises LogUnavailableError."""
        first, until = entries_of(self._engine, scope.period)
        told = _Telling(until - first)
        with _pool(self._url, self._vault, scope, self._count) as pool:
            waiting = {asyncio.wrap_future(pool.submit(_count, *one)) for one in _ranges(first, until, _STEP)}
            try:
                while waiting:
                    done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                    for one in done:
                        yield told.chunk(one.result())
            finally:
                for one in waiting:
                    one.cancel()


class _Telling:
    """What ranges showed, as chunks."""

    def __init__(self, total: int) -> None:
        self._cases = CaseReader()
        self._done = 0
        self._total = total

    def chunk(self, counted: RangeCounted) -> Chunk:
        self._done += counted.size
        return Chunk(self._done, self._total, tuple(self._seen(counted.cases)), counted.not_decided)

    def _seen(self, cases: Mapping[Bytes, tuple[int, list[int]]]) -> Iterator[Seen]:
        for written, (count, entries) in cases.items():
            yield Seen(self._cases.read(written), count, tuple(entries))


@contextmanager
def _pool(url: str, vault: Vault, scope: Scope, count: int) -> Iterator["ProcessPoolExecutor"]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(
        count, mp_context=get_context("fork"), initializer=_begin, initargs=(url, vault, scope)
    ) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)  # what was begun ends, and no process is left behind


_own: Final[list[RecordedReader]] = []
"""What a forked process works with, made when it begins."""


def _begin(url: str, vault: Vault, scope: Scope) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _own[:] = [RecordedReader(open_engine(url), vault, scope)]


def _count(first: int, until: int) -> RangeCounted:
    return _own[0].count(first, until)


def _ranges(first: int, until: int, step: int) -> Sequence[Range]:
    return [(start, min(start + step, until)) for start in range(first, until, step)]
