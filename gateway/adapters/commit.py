"""Group commit: the one place where a `Receipt` is made, and only after COMMIT.

    log = GroupCommit(store, vault)       # store: log.sqlite_store.SqliteStore or log.postgres_store.PostgresStore
    outcome = await log.commit(submission)
    await log.close()

Handlers queue and await; the writer joins everything queued into one transaction. There is no timer: while one batch
is being made durable, the next one gathers. Invariants: (1) a receipt is made after COMMIT returned, and an unclear
commit is an error for the whole batch; (3) a full queue, a closed log or any storage error is LogUnavailableError;
(9) nonce, Idempotency-Key, entry, private parts, tokens and obligations are one transaction. A request that is
cancelled stays in its batch. The tree's state lives in the head row alone and is read under its lock, so nothing
remembered in memory can outlive a failed batch.
Does not: sign checkpoints, or answer anything about what is in the log.
"""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final, assert_never

from gateway.adapters.log.batch import Appended, Repeat, Replay, Resolution, encrypt, grow, probe_of, resolve
from gateway.adapters.log.keycache import KeyCache
from gateway.adapters.log.prepared import Prepared, prepare
from gateway.adapters.log.rows import Batch, BatchStore, Found
from gateway.adapters.log.vault import Vault
from gateway.domain.disclosure import CommitOutcome, KeyRepeated, NonceReplayed, Receipt, Submission
from gateway.domain.errors import LogUnavailableError

MAX_QUEUED: Final = 1_024
MAX_BATCH: Final = 256
PRUNE_SECONDS: Final = 1
_CLOCK_SLACK: Final = 60

_Waiting = tuple[Prepared, "asyncio.Future[CommitOutcome]"]


class Appender:
    """Makes one batch durable at a time; synchronous, for one thread at a time."""

    def __init__(self, store: BatchStore, vault: Vault) -> None:
        self._store = store
        self._cache = KeyCache(vault)
        self._prune_at = int(time.time()) + PRUNE_SECONDS

    def append(self, submissions: Sequence[Prepared]) -> list[CommitOutcome]:
        """One transaction. Raises LogUnavailableError; then none of the submissions may be taken as durable."""
        try:
            return self._append(submissions)
        except LogUnavailableError:
            self._forget()
            raise
        except Exception as error:  # noqa: BLE001 - the boundary to the database: whatever fails, fails closed
            self._forget()
            raise LogUnavailableError(
                f"the disclosure log could not be written ({_cause(error)}); nothing was disclosed. "
                "Check the database, its disk space and that it accepts writes"
            ) from None

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def _append(self, submissions: Sequence[Prepared]) -> list[CommitOutcome]:
        store, cache = self._store, self._cache
        found = store.open(probe_of(submissions, cache))
        if not cache.valid_for(found.head.key_epoch):
            found = _with_keys(found, store, submissions)
        now = int(time.time())
        batch = Batch()
        if now >= self._prune_at:
            batch.prune_before = now - _CLOCK_SLACK
            self._prune_at = now + PRUNE_SECONDS
        resolutions = resolve(submissions, found, batch, now)
        appended = [item for item in resolutions if isinstance(item, Appended)]
        if not appended:
            store.abandon()
            return [_outcome(item) for item in resolutions]
        head = grow(found.head, appended, batch, store)
        keys = encrypt(appended, found, batch, cache)
        store.seal(batch, found.head.size, head)
        cache.remember(keys)
        return [_outcome(item) for item in resolutions]

    def _forget(self) -> None:
        self._cache.clear()
        self._store.abandon()


class GroupCommit:
    """The `DisclosureLog` port. Use from one event loop.

    `threaded` runs batches in a thread of their own (PostgreSQL, whose client waits on the network); otherwise they
    run on the loop's own tick, which costs less for SQLite (docs/durability.md has the figures)."""

    def __init__(
        self,
        store: BatchStore,
        vault: Vault,
        *,
        threaded: bool = False,
        max_queued: int = MAX_QUEUED,
        max_batch: int = MAX_BATCH,
    ) -> None:
        self._appender = Appender(store, vault)
        self._vault = vault
        self._executor = ThreadPoolExecutor(1, "log-writer") if threaded else None
        self._max_queued = max_queued
        self._max_batch = max_batch
        self._queue: list[_Waiting] = []
        self._seen = 0
        self._busy = False
        self._closed = False
        self._idle = asyncio.Event()
        self._idle.set()

    async def commit(self, submission: Submission) -> CommitOutcome:
        """Make the submission durable. Raises LogUnavailableError."""
        if self._closed:
            raise LogUnavailableError("the disclosure log is closed")
        if len(self._queue) >= self._max_queued:
            raise LogUnavailableError("the disclosure log has too many requests waiting; try again later")
        prepared = prepare(submission, self._vault)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[CommitOutcome] = loop.create_future()
        self._queue.append((prepared, future))
        if not self._busy:
            self._busy = True
            self._seen = 0
            self._idle.clear()
            loop.call_soon(self._tick, loop)
        return await future

    async def close(self) -> None:
        """Refuse new submissions, finish those queued, close the store."""
        if self._closed:
            return
        self._closed = True
        await self._idle.wait()
        if self._executor is not None:
            self._executor.shutdown()
        self._appender.close()

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        """Write when a turn of the loop brought nothing new, so that all requests at hand share a commit."""
        waiting = len(self._queue)
        if waiting > self._seen and waiting < self._max_batch:
            self._seen = waiting
            loop.call_soon(self._tick, loop)
            return
        taken, self._queue = self._queue[: self._max_batch], self._queue[self._max_batch :]
        submissions = [prepared for prepared, _future in taken]
        if self._executor is None:
            try:
                outcomes = self._appender.append(submissions)
            except LogUnavailableError as error:
                self._fail(loop, taken, error)
            else:
                self._settle(loop, taken, outcomes)
            return
        job = loop.run_in_executor(self._executor, self._appender.append, submissions)
        job.add_done_callback(lambda done: self._written(loop, taken, done))

    def _written(
        self,
        loop: asyncio.AbstractEventLoop,
        taken: Sequence[_Waiting],
        job: "asyncio.Future[list[CommitOutcome]]",
    ) -> None:
        error = job.exception()
        if error is not None:
            self._fail(loop, taken, error)
        else:
            self._settle(loop, taken, job.result())

    def _settle(
        self, loop: asyncio.AbstractEventLoop, taken: Sequence[_Waiting], outcomes: Sequence[CommitOutcome]
    ) -> None:
        for (_prepared, future), outcome in zip(taken, outcomes, strict=True):
            if not future.done():
                future.set_result(outcome)
        self._next(loop)

    def _fail(self, loop: asyncio.AbstractEventLoop, taken: Sequence[_Waiting], error: BaseException) -> None:
        for _prepared, future in taken:
            if not future.done():
                future.set_exception(LogUnavailableError(*error.args))
        self._next(loop)

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        self._seen = 0
        if self._queue:
            loop.call_soon(self._tick, loop)
        else:
            self._busy = False
            self._idle.set()


def _cause(error: Exception) -> str:
    """The kind of failure, with the database's own code for it; never its text, which may quote a row."""
    code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _with_keys(found: Found, store: BatchStore, submissions: Sequence[Prepared]) -> Found:
    """Ask again for the keys that were not asked for, because a cache that turned out stale seemed to hold them."""
    missing = {part.key_token for item in submissions for part in item.parts} - found.keys.keys()
    return replace(found, keys={**found.keys, **store.wrapped_keys(tuple(missing))})


def _outcome(resolution: Resolution) -> CommitOutcome:
    match resolution:
        case Appended(entry_index, prepared):
            return Receipt(entry_index, prepared.body, prepared.leaf)
        case Replay():
            return NonceReplayed()
        case Repeat(entry_index, same_request):
            return KeyRepeated(entry_index, same_request)
        case _:
            assert_never(resolution)
