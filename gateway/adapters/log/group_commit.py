"""Group commit: the one place where a `Receipt` is made, and only after COMMIT.

    log = GroupCommit(store, vault)       # store: log.sqlite_store.SqliteStore or log.postgres_store.PostgresStore
    outcome = await log.commit(submission)
    await log.close()

Handlers queue and await (`log.queue`); the writer joins everything queued into one transaction. Invariants: (1) a
receipt is made after COMMIT returned, and an unclear commit is an error for the whole batch; (3) a full queue, a
closed log or any storage error is LogUnavailableError; (9) nonce, Idempotency-Key, entry, private parts, tokens and
obligations are one transaction. The tree's state lives in the head row alone and is read under its lock, so nothing
remembered in memory can outlive a failed batch.
Does not: sign checkpoints, or answer anything about what is in the log.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar, assert_never

from audit.entry import Entry
from audit.vocabulary import parse_time
from gateway.adapters.log.batch import (
    Appended,
    HeadError,
    Overtaken,
    Repeat,
    Replay,
    Resolution,
    Spent,
    encrypt,
    erase,
    grow,
    probe_of,
    resolve,
)
from gateway.adapters.log.erasing import saying_what_goes
from gateway.adapters.log.keycache import KeyCache
from gateway.adapters.log.prepared import Prepared, prepare, prepare_spending
from gateway.adapters.log.proven import ProvenState
from gateway.adapters.log.queue import BatchQueue
from gateway.adapters.log.rows import Batch, BatchStore, Filed, Found, Head
from gateway.adapters.log.vault import Vault
from gateway.domain.errors import InvariantError, LogUnavailableError
from gateway.domain.submission import (
    CommitOutcome,
    KeyRepeated,
    NonceReplayed,
    NonceUse,
    Receipt,
    StateConflict,
    Submission,
)
from gateway.service.person.erasure import Erased, ErasureOutcome, Held, NothingKept, PersonFile, TooRecent

MAX_QUEUED: Final = 1_024
MAX_BATCH: Final = 256
PRUNE_EVERY: Final = 128
_CLOCK_SLACK: Final = 60
steady_seconds: Final[Callable[[], float]] = time.monotonic
_NO_USE: Final = frozenset({"staff-action", "hold"})

Result = TypeVar("Result")
_Outcome = CommitOutcome | None


class Appender:
    """Makes one batch durable at a time; synchronous, for one thread at a time."""

    def __init__(self, store: BatchStore, vault: Vault, proven: ProvenState | None = None) -> None:
        self._store = store
        self._proven = proven
        self._cache = KeyCache(vault)
        self._unpruned = 0
        self._started = time.time() - steady_seconds()
        self.floor = 0
        self.halted = ""

    def append(self, submissions: Sequence[Prepared]) -> list[_Outcome]:
        """One transaction; the outcome of a nonce spent without an entry is None.

        Raises LogUnavailableError; then none of the submissions may be taken as durable."""
        return self._guarded(lambda: self._append(submissions))

    def erase(self, prepared: Prepared, files: Sequence[tuple[bytes, datetime]]) -> ErasureOutcome:
        """One transaction: check holds and retention of each file, by its token and when it must have been used last;
        delete, append the entry. Raises LogUnavailableError."""
        return self._guarded(lambda: self._erase(prepared, files))

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def _guarded(self, work: Callable[[], Result]) -> Result:
        try:
            return work()
        except LogUnavailableError:
            self._forget()
            raise
        except Exception as error:  # noqa: BLE001 - the boundary to the database: whatever fails, fails closed
            self._forget()
            raise LogUnavailableError(
                f"the disclosure log could not be written ({_cause(error)}); nothing was disclosed. "
                "Check the database, its disk space and that it accepts writes"
            ) from None

    def _forget(self) -> None:
        self._cache.clear()
        self._store.abandon()

    def _append(self, submissions: Sequence[Prepared]) -> list[_Outcome]:
        found = self._open(submissions)
        now = int(time.time())
        batch = Batch()
        self._unpruned += len(submissions)
        if self._unpruned >= PRUNE_EVERY:
            # Twice as many as were added, so that what expired is caught up with, and no batch waits for a long delete.
            # By the earlier of two clocks: a wall clock set forward must not prune what is still to be refused when it
            # is set back.
            steady = int(min(now, self._started + steady_seconds()))
            batch.prune_before, batch.prune_at_most = steady - _CLOCK_SLACK, 2 * self._unpruned
            self._unpruned = 0
        resolutions = resolve(submissions, found, batch, now)
        if any(isinstance(item, Appended | Spent) for item in resolutions):
            self._seal(found, batch, resolutions, found.head.key_epoch)
        else:
            self._store.abandon()
        return [_outcome(item) for item in resolutions]

    def _erase(self, prepared: Prepared, files: Sequence[tuple[bytes, datetime]]) -> ErasureOutcome:
        found = self._open((prepared,))
        filed = {token: self._store.filed(token) for token, _since in files}
        refusal = _refusal([_may_not_erase(filed[token], since) for token, since in files])
        if refusal is not None:
            self._store.abandon()
            return refusal
        batch = Batch()
        prepared = saying_what_goes(prepared, tuple(filed.values()), self._cache.vault)
        resolutions = resolve((prepared,), found, batch, int(time.time()))
        for token, one in filed.items():
            erase(one, token, batch)
        self._seal(found, batch, resolutions, found.head.key_epoch + 1)
        self._cache.clear()
        receipt = _outcome(resolutions[0])
        if not isinstance(receipt, Receipt):
            raise InvariantError("an erasure that was sealed has no entry")
        return Erased(receipt, sum(len(one.parts) for one in filed.values()))

    def _open(self, submissions: Sequence[Prepared]) -> Found:
        """Begin, and refuse a log that is not, or is behind, what it signed."""
        if self.halted:
            raise HeadError(self.halted)
        found = self._store.open(probe_of(submissions, self._cache))
        if found.head.size < self.floor:
            raise HeadError(
                "the log is behind its last signed checkpoint: an old backup was restored. Nothing is appended; "
                "restore the newest database (docs/durability.md)"
            )
        if not self._cache.valid_for(found.head.key_epoch):
            return _with_keys(found, self._store, submissions)
        return found

    def _seal(self, found: Found, batch: Batch, resolutions: Sequence[Resolution], key_epoch: int) -> None:
        appended = [item for item in resolutions if isinstance(item, Appended)]
        head: Head = replace(grow(found.head, appended, batch, self._store), key_epoch=key_epoch)
        keys = encrypt(appended, found, batch, self._cache)
        self._store.seal(batch, found.head.size, head)
        self._cache.remember(keys)
        if self._proven is not None and all(item.prepared.only_own_seals for item in appended):
            changed = [(item.entry_index, row) for item in appended for row in item.prepared.state]
            self._proven.committed((found.head.size, found.head.root), head, changed)


class GroupCommit:
    """The ports `DisclosureLog`, `Nonces` and `gateway.service.person.erasure.ErasureLog`. Use from one event loop.

    `threaded` runs batches in a thread of their own (PostgreSQL, whose client waits on the network); otherwise they
    run on the loop's own tick, which costs less for SQLite (docs/durability.md has the figures). `proven` is told what
    became durable."""

    def __init__(
        self,
        store: BatchStore,
        vault: Vault,
        *,
        threaded: bool = False,
        max_queued: int = MAX_QUEUED,
        max_batch: int = MAX_BATCH,
        proven: ProvenState | None = None,
    ) -> None:
        self._appender = Appender(store, vault, proven)
        self._vault = vault
        self._queue: BatchQueue[Prepared, _Outcome] = BatchQueue(
            self._appender.append, threaded=threaded, max_queued=max_queued, max_batch=max_batch
        )

    async def commit(self, submission: Submission) -> CommitOutcome:
        """Make the submission durable. Raises LogUnavailableError."""
        outcome = await self._queue.submit(prepare(submission, self._vault))
        if outcome is None:
            raise InvariantError("a submission with an entry came back without an outcome")
        return outcome

    async def spend(self, use: NonceUse) -> bool:
        """Spend a nonce of a request that leaves no entry; False where it was spent before.

        Raises LogUnavailableError."""
        return await self._queue.submit(prepare_spending(use)) is None

    async def erase(self, submission: Submission, files: Sequence[PersonFile]) -> ErasureOutcome:
        """Erase what the log keeps in these files and append `submission`, in one transaction, or neither.

        Raises LogUnavailableError."""
        prepared = prepare(submission, self._vault)
        tokens = [(self._vault.token(one.subject), one.unused_since) for one in files]
        return await self._queue.run_alone(lambda: self._appender.erase(prepared, tokens))

    def require_size(self, size: int) -> None:
        """From now on, append only to a log of at least `size` entries, because a checkpoint of it was signed."""
        self._appender.floor = max(self._appender.floor, size)

    def halt(self, message: str) -> None:
        """Append nothing more in this process, because the log is not what it signed."""
        self._appender.halted = message

    async def close(self) -> None:
        """Refuse new submissions, finish those queued, close the store; may be called twice."""
        await self._queue.close()
        self._appender.close()


def _refusal(outcomes: Sequence[ErasureOutcome | None]) -> ErasureOutcome | None:
    """Why nothing of several files is erased, or None; one that keeps nothing stands in nobody's way."""
    held = {code: None for one in outcomes if isinstance(one, Held) for code in one.codes}
    if held:
        return Held(tuple(held))
    recent = [one.last_used for one in outcomes if isinstance(one, TooRecent)]
    if recent:
        return TooRecent(max(recent))
    return NothingKept() if all(isinstance(one, NothingKept) for one in outcomes) else None


def _may_not_erase(filed: Filed, unused_since: datetime) -> ErasureOutcome | None:
    if filed.holds:
        return Held(tuple(filed.holds))
    if not filed.parts or not filed.recent:
        return NothingKept()
    entries = [Entry.from_bytes(body) for body in filed.recent]
    # Looking, answering the person or placing a hold is no use that would start the retention anew.
    used = [entry for entry in entries if entry.kind not in _NO_USE] or entries[:1]
    last_used = parse_time(used[0].time)
    return TooRecent(last_used) if last_used > unused_since else None


def _cause(error: Exception) -> str:
    """The kind of failure, with the database's own code for it; never its text, which may quote a row."""
    code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _with_keys(found: Found, store: BatchStore, submissions: Sequence[Prepared]) -> Found:
    """Ask again for the keys that were not asked for, because a cache that turned out stale seemed to hold them."""
    missing = {part.key_token for item in submissions for part in item.parts} - found.keys.keys()
    return replace(found, keys={**found.keys, **store.wrapped_keys(tuple(missing))})


def _outcome(resolution: Resolution) -> _Outcome:
    match resolution:
        case Appended(entry_index, prepared):
            return Receipt(entry_index, prepared.body, prepared.leaf)
        case Spent():
            return None
        case Replay():
            return NonceReplayed()
        case Overtaken():
            return StateConflict()
        case Repeat(entry_index, same_request):
            return KeyRepeated(entry_index, same_request)
        case _:
            assert_never(resolution)
