"""How many entries the log has, and how many the last checkpoint signs. Does not: verify either."""

from gateway.adapters.log.checkpoints import CheckpointTable
from gateway.adapters.log.reader import LogReader


class SizesOf:
    """Of one log. Raises LogUnavailableError."""

    def __init__(self, reader: LogReader, table: CheckpointTable) -> None:
        self._reader = reader
        self._table = table

    def head(self) -> tuple[int, bytes]:
        return self._reader.head()

    def signed(self) -> tuple[int, str] | None:
        """The size that the note's second line says (C2SP tlog-checkpoint), and the note."""
        note = self._table.last()
        return None if note is None else (int(note.splitlines()[1]), note)
