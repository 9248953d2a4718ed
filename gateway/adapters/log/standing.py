"""The `SignedLog` port: an entry against the last checkpoint that was signed (RFC 6962 inclusion proof).

Invariant: what is said to stand is well-formed and under the log's own signature. Does not sign a checkpoint itself.
"""

from audit import checkpoint
from audit.entry import Entry
from audit.errors import AuditError, TileError, TreeError
from audit.note_key import VerifierKey
from audit.proof import TlogProof
from gateway.adapters.log.checkpoints import CheckpointTable
from gateway.adapters.log.reader import LogReader
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import Receipt
from gateway.service.log.standing import Standing


class EntryAlteredError(LogUnavailableError):
    """The entry is not the one under the log's signature."""

    code = "entry-altered"


class SignedCheckpoints:
    """Reads only; safe beside a running gateway."""

    def __init__(self, reader: LogReader, table: CheckpointTable, log_key: VerifierKey) -> None:
        self._reader = reader
        self._table = table
        self._log_key = log_key

    def standing(self, receipt: Receipt) -> Standing | None:
        """Raises EntryAlteredError, LogUnavailableError."""
        note = self._table.last()
        try:
            Entry.from_bytes(receipt.entry)
            head = checkpoint.verify(note, self._log_key).checkpoint if note is not None else None
            if note is None or head is None or head.size <= receipt.entry_index:
                return None
            hashes = self._reader.inclusion(receipt.entry_index, head.size)
            TlogProof(receipt.entry_index, tuple(hashes), note).verify(receipt.entry, self._log_key)
        except (AuditError, TileError, TreeError):
            raise EntryAlteredError(
                "the entry is not what the log signed; run `gateway log verify` and restore the database from a backup"
            ) from None
        return Standing(head.origin, head.size, head.root)
