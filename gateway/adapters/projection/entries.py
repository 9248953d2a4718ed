"""Reads entries of the log for the projection, many with one step of the database.

Invariant: only what was committed is seen, in the order of the log; an entry that is not there is None, not an error.
Does not: check proofs (`gateway log verify`), or write.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Engine, text

_SIZE: Final = text("SELECT size FROM log_head WHERE id = 1")
_TIME: Final = text("SELECT body FROM entry WHERE entry_index = :index")
_BODIES: Final = text(
    "SELECT entry_index, body FROM entry WHERE entry_index >= :first AND entry_index < :until ORDER BY entry_index"
)
_JOINED: Final = text(
    "SELECT count(*), CAST(group_concat(body, char(10)) AS BLOB) FROM (SELECT CAST(body AS TEXT) AS body FROM entry "
    "WHERE entry_index >= :first AND entry_index < :until ORDER BY entry_index)"
)


class Entries:
    """Over an engine of the log's database. Every method blocks and raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # SQLite gives up the interpreter's lock at every row; canonical JSON has no line ends.
        self._joins = engine.dialect.name == "sqlite"

    def size(self) -> int:
        """How many entries are committed."""
        with self._engine.connect() as connection:
            return int(connection.execute(_SIZE).scalar_one())

    def body(self, entry_index: int) -> bytes | None:
        """One entry."""
        with self._engine.connect() as connection:
            found = connection.execute(_TIME, {"index": entry_index}).scalar_one_or_none()
        return None if found is None else bytes(found)

    def bodies(self, first: int, until: int) -> Sequence[bytes | None]:
        """The entries from `first` to before `until`, one place for each."""
        with self._engine.connect() as connection:
            if self._joins:
                count, joined = connection.execute(_JOINED, {"first": first, "until": until}).one()
                if count == until - first:
                    listed = bytes(joined).split(b"\n")
                    if len(listed) == count:
                        return listed
            found = connection.execute(_BODIES, {"first": first, "until": until}).all()
        bodies: list[bytes | None] = [None] * (until - first)
        for index, body in found:
            bodies[int(index) - first] = bytes(body)
        return bodies
