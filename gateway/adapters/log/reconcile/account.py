"""The ports `Completeness` and `KeptRows`: the tables held against the log before an account or erasure rests on them.

Does not: decide what an account says, or open every part anew each time (`Reconcile.since_mark`).
"""

import asyncio
from collections.abc import Sequence

from gateway.adapters.log.archive import EntryArchive
from gateway.adapters.log.reconcile.run import Reconcile
from gateway.adapters.log.standing import SignedCheckpoints
from gateway.service.log.completeness import Reconciled


class BeforeAccount:
    """One at a time in a process, in a thread of its own."""

    def __init__(self, reconcile: Reconcile, archive: EntryArchive, signed: SignedCheckpoints) -> None:
        self._reconcile = reconcile
        self._archive = archive
        self._signed = signed
        self._alone = asyncio.Lock()

    async def before_account(self, entries: Sequence[int]) -> Reconciled:
        """Raises LogUnavailableError, EntryAlteredError."""
        for index in entries:
            receipt = await self._archive.entry(index)
            if receipt is not None:
                await asyncio.to_thread(self._signed.standing, receipt)
        async with self._alone:
            return await asyncio.to_thread(self._reconcile.since_mark)

    async def before_erasure(self) -> Reconciled:
        """Raises LogUnavailableError."""
        return await asyncio.to_thread(self._reconcile.rows)
