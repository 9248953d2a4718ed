"""A receipt again, now with its proof: entry, inclusion proof and signed checkpoint.

Only a party that the entry names may have it; for anybody else there is nothing at that index (invariant 7). The salts
that open the element commitments come from the private part; after an erasure there are none left.
"""

from typing import Any, Final

from audit.entry import Entry
from audit.proof import TlogProof
from audit.receipt import Receipt as RecipientReceipt
from gateway.domain.private_record import PrivateRecord
from gateway.service.ports import EntryArchive, Proofs

_OF_STAFF: Final = frozenset({"staff-action", "notice", "hold", "erasure"})
"""Entries about what the custodian's staff did, which a recipient that they name has no part in."""


class Receipts:
    """Use case of `GET /v1/receipts/{entry_index}`."""

    def __init__(self, archive: EntryArchive, proofs: Proofs) -> None:
        self._archive = archive
        self._proofs = proofs

    async def find(self, entry_index: int, party: str) -> dict[str, Any] | None:
        """The receipt as the JSON of `audit.receipt`, or None. Raises LogUnavailableError."""
        durable = await self._archive.entry(entry_index)
        if durable is None:
            return None
        entry = Entry.from_bytes(durable.entry)
        named = (entry.requester,) if entry.kind in _OF_STAFF else (entry.requester, entry.recipient)
        if party not in named:
            return None
        openings: dict[str, bytes] = {}
        plaintext = await self._archive.private_part(entry_index)
        if plaintext is not None and entry.disclosed:
            openings = PrivateRecord.opened(plaintext).openings
        proof = await self._proofs.inclusion(entry_index)
        return RecipientReceipt(
            durable.entry,
            entry_index,
            openings,
            TlogProof(entry_index, proof.hashes, proof.checkpoint, durable.entry),
        ).to_dict()
