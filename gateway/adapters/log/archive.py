"""The `EntryArchive` and `Proofs` ports: entries, private parts and inclusion proofs for the use cases.

Invariant 10: an erased private part reads as None, an altered one is an error. Reads run in a worker thread, because
a database may be slow and the event loop must not wait for it.
Does not: decide who may see a private part.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Final, Protocol

from sqlalchemy import Engine, bindparam, text
from sqlalchemy.exc import SQLAlchemyError

from audit import checkpoint
from audit.encoding import from_base64url
from audit.entry import Entry
from audit.note_key import VerifierKey
from gateway.adapters.log.reader import LogReader
from gateway.adapters.log.vault import PrivatePartError, StoredPart, Vault, WrappedKey, open_part
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import Receipt
from gateway.domain.target import SubjectIdentifier
from gateway.service.ports import InclusionProof

_PART = text(
    "SELECT p.ciphertext, p.tokens, p.key_token, k.kek_version, k.wrapped FROM private_part p "
    "LEFT JOIN subject_key k ON k.token = p.key_token WHERE p.entry_index = :index AND p.part = :part"
)
_AT_ONCE: Final = 500
_NAMED = text(
    "SELECT DISTINCT key_token FROM private_part WHERE entry_index IN :entries AND length(tokens) > 0"
).bindparams(bindparam("entries", expanding=True))
_FILED = text("SELECT entry_index, part FROM search_token WHERE token = :token ORDER BY entry_index, part")


class Checkpoints(Protocol):
    """Who signs checkpoints: `gateway.service.log.checkpointing.Checkpointing`."""

    async def covering(self, entry_index: int) -> str:
        """A signed checkpoint (note text) whose tree includes the entry."""


class EntryArchive:
    """Reads what was made durable; every method raises LogUnavailableError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault
        self._reader = LogReader(engine)

    async def entry(self, entry_index: int) -> Receipt | None:
        """The entry at this index, as a receipt for it; it was durable before."""
        return await asyncio.to_thread(self._reader.entry, entry_index)

    async def private_part(self, entry_index: int) -> bytes | None:
        """The plaintext of the first private part, or None when it was erased or there is none."""
        return await asyncio.to_thread(self.open_part, entry_index, 0)

    async def filed_under(self, subject: SubjectIdentifier) -> tuple[tuple[int, int], ...]:
        """Entry indexes and part numbers that name this identifier, oldest first."""
        rows = await asyncio.to_thread(self._all, _FILED, token=self._vault.token(subject))
        return tuple((int(index), int(part)) for index, part in rows)

    async def people_named(self, entries: Sequence[int]) -> int:
        """How many different identifiers of people these entries are filed under first."""
        found: set[bytes] = set()
        for start in range(0, len(entries), _AT_ONCE):
            rows = await asyncio.to_thread(self._all, _NAMED, entries=list(entries[start : start + _AT_ONCE]))
            found.update(bytes(row[0]) for row in rows)
        return len(found)

    async def part(self, entry_index: int, number: int) -> bytes | None:
        """The plaintext of one private part, or None when it was erased."""
        return await asyncio.to_thread(self.open_part, entry_index, number)

    def open_part(self, entry_index: int, number: int) -> bytes | None:
        """Decrypt a private part in the calling thread. Raises PrivatePartError when it does not open."""
        rows = self._all(_PART, index=entry_index, part=number)
        if not rows:
            return None
        ciphertext, tokens, token, version, wrapped = rows[0]
        receipt = self._reader.entry(entry_index)
        if receipt is None or wrapped is None:
            raise PrivatePartError("a private part has no entry or no key; the database was restored in part")
        commitments = Entry.from_bytes(receipt.entry).private
        if number >= len(commitments):
            raise PrivatePartError("a private part is not one of its entry")
        key = self._vault.unwrap(bytes(token), WrappedKey(version, bytes(wrapped)))
        stored = StoredPart(number, from_base64url(commitments[number]), bytes(tokens), bytes(ciphertext))
        return open_part(key, stored).plaintext

    def _all(self, statement: Any, **values: Any) -> Sequence[Any]:
        try:
            with self._engine.connect() as connection:
                return connection.execute(statement, values).all()
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"the disclosure log cannot be read ({type(error).__name__})") from None


class InclusionProofs:
    """The `Proofs` port: proofs against a signed checkpoint, which is made when none covers the entry yet."""

    def __init__(self, reader: LogReader, checkpoints: Checkpoints, log_key: VerifierKey) -> None:
        self._reader = reader
        self._checkpoints = checkpoints
        self._log_key = log_key

    async def inclusion(self, entry_index: int) -> InclusionProof:
        """The proof of a durable entry. Raises LogUnavailableError."""
        note = await self._checkpoints.covering(entry_index)
        size = checkpoint.verify(note, self._log_key).checkpoint.size
        hashes = await asyncio.to_thread(self._reader.inclusion, entry_index, size)
        return InclusionProof(tuple(hashes), note)
