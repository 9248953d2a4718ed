"""Signs the log's checkpoints (C2SP tlog-checkpoint), about once a second while it grows and on demand.

Invariant: a checkpoint is signed only after a consistency proof from the last one signed, kept in the database and,
where the deployment says so, in a file outside it. So a log that was rolled back, restored from a backup or rewritten
is never signed again: the signer stops with a plain message, and tells the writer not to append (`tell`).
Does not: append, or publish anything.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from audit.errors import AuditError
from audit.note_key import SignerKey
from audit.signer import CheckpointSigner
from gateway.domain.errors import LogUnavailableError

INTERVAL_SECONDS: Final = 1.0


class LogRolledBackError(LogUnavailableError):
    """The log has fewer entries than a checkpoint it signed: an old backup was restored, or entries were removed."""

    code = "log-rolled-back"


class LogRewrittenError(LogUnavailableError):
    """The log does not extend the last checkpoint it signed: entries were changed."""

    code = "log-rewritten"


class Tree(Protocol):
    """The committed tree. Raises LogUnavailableError."""

    def head(self) -> tuple[int, bytes]:
        """Size and root hash."""

    def consistency(self, old: int, new: int) -> Sequence[bytes]:
        """Consistency proof between two sizes."""


class CheckpointMemory(Protocol):
    """Where signed checkpoints are remembered. Raises LogUnavailableError."""

    def last(self) -> str | None:
        """The note of the largest tree signed so far."""

    def remember(self, size: int, note: str, signed_at: int) -> None:
        """Keep a note durably (Unix seconds); the same size again changes nothing."""


class Checkpointing:
    """Signs for one log. `sign` is synchronous; the rest belongs to one event loop."""

    def __init__(self, tree: Tree, key: SignerKey, memories: Sequence[CheckpointMemory]) -> None:
        """`key` is named after the log's origin. `memories`: the database first, then any outside it."""
        self._tree = tree
        self._key = key
        self._memories = tuple(memories)
        self._on_signed: Callable[[int], None] = lambda _size: None
        self._on_broken: Callable[[str], None] = lambda _message: None
        self._lock = asyncio.Lock()
        self._latest: tuple[int, str] = (-1, "")
        self._fails = False

    def tell(self, on_signed: Callable[[int], None], on_broken: Callable[[str], None]) -> None:
        """Tell the writer the size of what is signed, now and from now on, and why it must stop when it must."""
        self._on_signed, self._on_broken = on_signed, on_broken
        if self._latest[0] >= 0:
            on_signed(self._latest[0])

    @property
    def latest(self) -> str:
        """The checkpoint this process saw last; empty before the first."""
        return self._latest[1]

    async def signs(self) -> bool:
        """Whether the last attempt to sign and keep a checkpoint succeeded: a readiness check."""
        return not self._fails

    def sign(self) -> str:
        """Return a checkpoint of the log as it is now: the last one if it did not grow, else a new one.

        Raises:
            LogRolledBackError, LogRewrittenError: the log is not what was signed before; do not append to it.
            LogUnavailableError: it cannot be read.
        """
        try:
            signed = self._sign()
        except LogUnavailableError as error:
            self._fails = True
            if isinstance(error, LogRolledBackError | LogRewrittenError):
                self._on_broken(str(error))
            raise
        self._fails = False
        return signed

    async def covering(self, entry_index: int) -> str:
        """A signed checkpoint that includes this entry. Raises LogUnavailableError."""
        if self._latest[0] <= entry_index:
            async with self._lock:
                if self._latest[0] <= entry_index:
                    await asyncio.to_thread(self.sign)
        size, note = self._latest
        if size <= entry_index:
            raise LogUnavailableError("the log does not reach this entry")
        return note

    async def run(self, on_error: Callable[[LogUnavailableError], None]) -> None:
        """Sign about once a second until cancelled; what goes wrong is told and tried again."""
        while True:
            try:
                async with self._lock:
                    await asyncio.to_thread(self.sign)
            except LogUnavailableError as error:
                on_error(error)
            await asyncio.sleep(INTERVAL_SECONDS)

    def _sign(self) -> str:
        # What was signed is read first: another process may append and sign at any time, and then the log is larger,
        # never smaller than what it signed.
        note = self._newest()
        size, root = self._tree.head()
        signer = self._after(note)
        last = signer.last.size
        if size < last:
            raise LogRolledBackError(
                f"the log has {size} entries and signed a checkpoint of {last}: an old backup was restored or entries "
                "are gone. Nothing is signed or appended; restore the newest database (docs/durability.md)"
            )
        try:
            signed = signer.sign(size, root, self._tree.consistency(last, size))
        except AuditError:
            raise LogRewrittenError(
                f"the log does not extend the checkpoint of {last} entries that it signed: entries were changed. "
                "Nothing is signed or appended; keep the database as evidence (docs/durability.md)"
            ) from None
        if signed != note:
            now = int(time.time())
            for memory in self._memories:
                memory.remember(size, signed, now)
        if size > self._latest[0]:
            self._latest = (size, signed)
            self._on_signed(size)
        return signed

    def _newest(self) -> str | None:
        notes = [note for memory in self._memories if (note := memory.last()) is not None]
        return max(notes, key=lambda note: self._after(note).last.size, default=None)

    def _after(self, note: str | None) -> CheckpointSigner:
        try:
            return CheckpointSigner(self._key, note)
        except AuditError:
            raise LogRewrittenError(
                "the last checkpoint is not signed by this log's key; was the log key or the database exchanged?"
            ) from None
