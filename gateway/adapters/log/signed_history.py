"""The `SignedHistory` port over the tables of the log.

Invariant: a checkpoint is called genuine only under the log's own key. Does not: believe a root without it.
"""

from collections.abc import Sequence

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from audit import checkpoint as checkpoints
from audit import note as notes
from audit.checkpoint import Checkpoint
from audit.errors import AuditError, TileError, TileMissingError, TreeError
from audit.note_key import VerifierKey
from gateway.adapters.log.reader import LogReader
from gateway.adapters.log.reconcile.mark import read_mark
from gateway.domain.errors import LogUnavailableError
from gateway.service.log.signed_history import SignedHead

_LATEST = text("SELECT size, signed_at, note FROM checkpoint ORDER BY size DESC LIMIT :limit")
_OF_SIZE = text("SELECT size, signed_at, note FROM checkpoint WHERE size = :size")
_NO_ROOT = bytes(32)


class CheckpointHistory:
    """`mark_key` is the key under which the mark of a reconciliation is believed."""

    def __init__(self, engine: Engine, reader: LogReader, log_key: VerifierKey, mark_key: bytes) -> None:
        self._engine = engine
        self._reader = reader
        self._log_key = log_key
        self._mark_key = mark_key

    @property
    def verifier_key(self) -> str:
        return str(self._log_key)

    def head(self) -> tuple[int, bytes]:
        return self._reader.head()

    def latest(self, limit: int) -> Sequence[SignedHead]:
        return [self._head(*row) for row in self._rows(_LATEST, limit=limit)]

    def of_size(self, size: int) -> SignedHead | None:
        return next((self._head(*row) for row in self._rows(_OF_SIZE, size=size)), None)

    def tile(self, path: str) -> bytes | None:
        try:
            return self._reader.read(path)
        except (TileError, TileMissingError, TreeError):
            return None

    def reconciled(self) -> int | None:
        mark = read_mark(self._engine, self._mark_key)
        return None if mark is None else mark.size

    def _head(self, size: int, signed_at: int, note: str) -> SignedHead:
        try:
            signed = checkpoints.verify(note, self._log_key)
            root, genuine = signed.checkpoint.root, signed.checkpoint.size == size
        except AuditError:
            root, genuine = _said_root(note), False
        return SignedHead(int(size), root, int(signed_at), note, genuine, self._others(note))

    def _others(self, note: str) -> tuple[str, ...]:
        try:
            signatures = notes.parse(note).signatures
        except AuditError:
            return ()
        return tuple(dict.fromkeys(one.name for one in signatures if one.name != self._log_key.name))

    def _rows(self, statement: object, **values: int) -> Sequence[tuple[int, int, str]]:
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(statement, values).all()  # type: ignore[call-overload]
                return [(row[0], row[1], row[2]) for row in rows]
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"checkpoints cannot be read ({type(error).__name__})") from None


def _said_root(note: str) -> bytes:
    """What a note that is not genuine says."""
    try:
        return Checkpoint.parse_body(notes.parse(note).text).root
    except AuditError:
        return _NO_ROOT
