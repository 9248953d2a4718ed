"""Holds the rows that grant something, fulfilled duties and kept documents against what the entries say of them.

Invariant 13: a row is what the log said last of it, and a row that the log made and did not erase is there.
Does not: change a row, or adopt one from before there were seals (`gateway.adapters.log.adopting`).
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final, Protocol

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from audit.encoding import to_base64url
from gateway.adapters.db.documents import AGREEMENT, POLICY
from gateway.adapters.log.proven import ProvenState
from gateway.adapters.log.state import OBLIGATION, done_row, tag_of
from gateway.domain.errors import LogUnavailableError
from gateway.service.log.completeness import TOLD_AT_MOST, Finding

_DONE: Final = text("SELECT entry_index, position FROM obligation WHERE done_at IS NOT NULL")
_OPEN: Final = text("SELECT entry_index, position FROM obligation WHERE done_at IS NULL")
_DOCUMENTS: Final = text("SELECT kind, digest, body FROM kept_document")


class Rows(Protocol):
    """Rows of one table. Raises LogUnavailableError."""

    def every(self) -> Sequence[tuple[str, str, bool]]:
        """Kind and id of each, and whether the log bears it out."""


class StateCheck:
    """`key` is the state key (`Vault.state_key`). Every method raises LogUnavailableError."""

    def __init__(self, engine: Engine, proven: ProvenState, tables: Sequence[Rows], key: bytes) -> None:
        self._engine = engine
        self._proven = proven
        self._tables = tables
        self._key = key

    def check(self) -> tuple[int, Sequence[Finding]]:
        """How many rows there are, and the faults."""
        self._proven.catch_up()
        rows = [row for table in self._tables for row in table.every()]
        wanting = sum(not holds for _kind, _id, holds in rows)
        done = [(int(index), int(position)) for index, position in self._all(_DONE)]
        said = [duty for duty in done if self._proven.holds(done_row(*duty))]
        unsaid = sorted(set(done) - set(said))
        names = [(kind, row_id) for kind, row_id, _holds in rows]
        names += [(OBLIGATION, done_row(*duty).id) for duty in said]
        lacking = dict(self._proven.not_among(names))
        reopened = self._open(lacking)
        for duty in reopened:
            del lacking[tag_of(self._key, OBLIGATION, done_row(*duty).id)]
        faults = (
            _finding("state-unproven", wanting, ()),
            _finding("state-missing", len(lacking), [word.entry_index for word in lacking.values()]),
            _finding("duty-done-unproven", len(unsaid), [index for index, _position in unsaid]),
            _finding("duty-reopened", len(reopened), [index for index, _position in reopened]),
        )
        return len(rows) + len(done), [fault for fault in faults if fault.count]

    def documents(self, agreements: set[str], policies: set[str]) -> Sequence[Finding]:
        """Kept documents against their digests, and the digests that entries cite against what is kept."""
        altered, kept = 0, dict[str, set[str]]()
        for kind, digest, body in self._all(_DOCUMENTS):
            if isinstance(body, bytes | memoryview) and sha256(body).digest() == bytes(digest):
                kept.setdefault(kind, set()).add(to_base64url(bytes(digest)))
            else:
                altered += 1
        faults = (
            _finding("document-altered", altered, ()),
            _finding("agreement-not-kept", len(agreements - kept.get(AGREEMENT, set())), ()),
            _finding("policy-not-kept", len(policies - kept.get(POLICY, set())), ()),
        )
        return [fault for fault in faults if fault.count]

    def _open(self, lacking: dict[bytes, Any]) -> Sequence[tuple[int, int]]:
        """Duties that are open in the table and of which the log said something."""
        if not lacking:
            return []
        rows = [(int(index), int(position)) for index, position in self._all(_OPEN)]
        return [duty for duty in rows if tag_of(self._key, OBLIGATION, done_row(*duty).id) in lacking]

    def _all(self, statement: Any) -> Sequence[Any]:
        try:
            with self._engine.connect() as connection:
                return connection.execute(statement).all()
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"the tables beside the log cannot be read ({type(error).__name__})") from None


def _finding(kind: str, count: int, entries: Sequence[int]) -> Finding:
    return Finding(kind, count, tuple(sorted(entries)[:TOLD_AT_MOST]))
