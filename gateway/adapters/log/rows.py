"""What one transaction of the log asks of the database and writes to it, free of any SQL dialect.

Invariant 9: a `Batch` is everything, nonces apart, that its submissions make durable, and it is written by one
`BatchStore.seal` or not at all. Tuples are in the column order of the tables (db/tables.py).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gateway.adapters.log.vault import WrappedKey
from gateway.service.person.holds import KIND, OPEN


@dataclass(frozen=True, slots=True)
class Probe:
    """What the database is asked under the lock: nonces to spend, keys of two kinds to look up, and, where cases change
    or obligations are fulfilled, which ones (kind and id; entry index and position); which keys signed, which keys
    change, and for which units one becomes active."""

    nonces: Sequence[tuple[bytes, int]]
    idempotency: Sequence[bytes]
    key_tokens: Sequence[bytes]
    cases: Sequence[tuple[str, str]] = ()
    duties: Sequence[tuple[int, int]] = ()
    signers: Sequence[str] = ()
    partner_keys: Sequence[str] = ()
    units: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The head row: the tree's size, root and `audit.merkle.Frontier` bytes; `key_epoch` see db/tables.py."""

    size: int
    root: bytes
    frontier: bytes
    key_epoch: int


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a `Probe`: nonces that were spent now, what was stored before, the revisions of the cases that
    exist, those of the obligations asked about that are open, the revisions of keys, which of the keys that signed are
    revoked, and what keys of the units asked about are active (key id, unit, until)."""

    head: Head
    fresh_nonces: frozenset[bytes]
    idempotency: Mapping[bytes, tuple[bytes, int]]
    keys: Mapping[bytes, WrappedKey]
    revisions: Mapping[tuple[str, str], int] = field(default_factory=dict)
    open_duties: frozenset[tuple[int, int]] = frozenset()
    key_revisions: Mapping[str, int] = field(default_factory=dict)
    revoked: frozenset[str] = frozenset()
    active: Sequence[tuple[str, str, int | None]] = ()


CaseRow = tuple[str, str, int, str, int | None, bytes | None, int, int, bytes]
"""Kind, id, revision, state, due, token, opening entry (counts for a new case only), last entry, body."""

KeyRow = tuple[str, str, str, str, str, int, int | None, str, str | None, int]
"""Key id, unit, JWK, algorithm, status, valid from, valid until, who proposed, who approved, revision."""


@dataclass(slots=True)
class Batch:
    """Rows to write. `unspend` are nonces of submissions that turned out to repeat an Idempotency-Key;
    of nonces and Idempotency-Keys that expired before `prune_before` (Unix seconds), `prune_at_most` are forgotten."""

    entries: list[tuple[int, bytes, bytes]] = field(default_factory=list)
    tiles: list[tuple[int, int, bytes, bytes]] = field(default_factory=list)
    parts: list[tuple[int, int, bytes, bytes, bytes]] = field(default_factory=list)
    tokens: list[tuple[bytes, int, int]] = field(default_factory=list)
    keys: list[tuple[bytes, int, bytes]] = field(default_factory=list)
    idempotency: list[tuple[bytes, bytes, int, int]] = field(default_factory=list)
    obligations: list[tuple[int, int, str, str, int | None]] = field(default_factory=list)
    cases: dict[tuple[str, str], CaseRow] = field(default_factory=dict)
    partner_keys: dict[str, KeyRow] = field(default_factory=dict)
    done: list[tuple[int, int, int]] = field(default_factory=list)
    unspend: list[bytes] = field(default_factory=list)
    prune_before: int | None = None
    prune_at_most: int = 0
    erased_keys: list[bytes] = field(default_factory=list)
    erased_parts: list[tuple[int, int]] = field(default_factory=list)
    erased_tokens: list[tuple[bytes, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Filed:
    """What is kept about a subject, read under the lock: its parts (entry index, part number, their search tokens,
    16 bytes each), the newest 200 entries that name it (newest first), the reasons of its open holds, and the cases
    filed under it (kind, id, revision)."""

    parts: Sequence[tuple[int, int, bytes]]
    recent: Sequence[bytes]
    holds: Sequence[str]
    cases: Sequence[tuple[str, str, int]] = ()

    @classmethod
    def of(
        cls,
        parts: Sequence[tuple[int, int, bytes]],
        recent: Sequence[bytes],
        cases: Sequence[tuple[str, str, int, str, bytes]],
    ) -> "Filed":
        """From rows; `cases` are kind, id, revision, state and body of those filed under the subject."""
        held = {str(json.loads(body)["reason"]) for kind, _, _, state, body in cases if (kind, state) == (KIND, OPEN)}
        return cls(parts, recent, sorted(held), [case[:3] for case in cases])


class TreeRows(Protocol):
    """What the tree needs to read back when a tile becomes full."""

    def leaf_hashes(self, first: int, until: int) -> list[bytes]:
        """Leaf hashes of entries [first, until), in order."""

    def tile_roots(self, level: int, first: int, until: int) -> list[bytes]:
        """Roots of the full tiles [first, until) of a level, in order."""


class BatchStore(TreeRows, Protocol):
    """One connection that appends. Any exception means: call `abandon`, and nothing of the batch counts."""

    def open(self, probe: Probe) -> Found:
        """Begin, lock the head row, spend the nonces, look up the rest."""

    def wrapped_keys(self, tokens: Sequence[bytes]) -> Mapping[bytes, WrappedKey]:
        """Look up subject keys inside the open transaction."""

    def filed(self, token: bytes) -> Filed:
        """Read what is kept about a subject inside the open transaction."""

    def seal(self, batch: Batch, old_size: int, head: Head) -> None:
        """Write the rows, move the head from `old_size`, COMMIT. Returns only when the commit is durable."""

    def abandon(self) -> None:
        """Roll back what is open; never raises. Drops a connection that cannot be trusted."""

    def close(self) -> None:
        """Close the connection and release what makes this process a writer."""
