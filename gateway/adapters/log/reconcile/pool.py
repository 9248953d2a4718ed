"""Runs the parts of a reconciliation: here one after the other, or in a process for each core.

Invariant: the same work and the same results either way. Processes are forked, so that no secret is written anywhere
for them; each opens connections of its own. In a process with threads (a running gateway) only `Here` is used.
Does not: put results together (`reconcile.run`).
"""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from sqlalchemy import Engine

from gateway.adapters.db.engine import open_engine
from gateway.adapters.log.reconcile.entries import RangeFound, RangeReader
from gateway.adapters.log.reconcile.filing import Filing
from gateway.adapters.log.vault import Vault

if TYPE_CHECKING:
    from concurrent.futures import Future

Range = tuple[int, int]
"""First entry, and the one after the last."""
TokenSums = tuple[int, int, int, int]
Done = RangeFound | TokenSums


class Workers(Protocol):
    def run(self, ranges: Sequence[Range], slices: Sequence[int], until: int) -> Iterator[Done]:
        """What `RangeReader.check` says of each range and `Filing.tokens` of each slice, in any order.

        Raises LogUnavailableError."""


class Here:
    """On the calling thread, over an engine that is open."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._reader = RangeReader(engine, vault)
        self._filing = Filing(engine, vault.state_key)

    def run(self, ranges: Sequence[Range], slices: Sequence[int], until: int) -> Iterator[Done]:
        for first, end in ranges:
            yield self._reader.check(first, end)
        for number in slices:
            yield self._filing.tokens(number, until)


class Processes:
    """In `count` processes, for a command that has no threads. `url` is the database's."""

    def __init__(self, url: str, vault: Vault, count: int | None = None) -> None:
        self._url = url
        self._vault = vault
        self._count = count or os.cpu_count() or 1

    def run(self, ranges: Sequence[Range], slices: Sequence[int], until: int) -> Iterator[Done]:
        from concurrent.futures import ProcessPoolExecutor, as_completed
        from multiprocessing import get_context

        with ProcessPoolExecutor(
            self._count, mp_context=get_context("fork"), initializer=_begin, initargs=(self._url, self._vault)
        ) as pool:
            waiting: list[Future[Done]] = [pool.submit(_range, *one) for one in ranges]
            waiting += [pool.submit(_slice, number, until) for number in slices]
            try:
                for done in as_completed(waiting):
                    yield done.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


_own: Final[list[tuple[RangeReader, Filing]]] = []
"""What a forked process works with, made when it begins."""


def _begin(url: str, vault: Vault) -> None:
    engine = open_engine(url)
    _own[:] = [(RangeReader(engine, vault), Filing(engine, vault.state_key))]


def _range(first: int, until: int) -> Done:
    return _own[0][0].check(first, until)


def _slice(number: int, until: int) -> Done:
    return _own[0][1].tokens(number, until)
