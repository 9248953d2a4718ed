"""Reads the log: entries, proofs, tiles. Every answer takes O(log n) reads by primary key.

Full tiles are stored, partial ones are derived from leaf hashes or from the roots of the tiles below. Invariant: only
what was committed is seen, because readers use connections of their own; a tile is served only as far as the tree
reaches. Does not: sign, decrypt, or decide who may read.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from audit.errors import TileError, TileMissingError, TreeError
from audit.merkle import consistency_proof, inclusion_proof, tree_root
from audit.tiles import TILE_HEIGHT, Tile, TileReader, encode_bundle
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import Receipt

_HEAD = text("SELECT size, root FROM log_head WHERE id = 1")
_ENTRY = text("SELECT body, leaf_hash FROM entry WHERE entry_index = :index")
_BODIES = text("SELECT body FROM entry WHERE entry_index >= :first AND entry_index < :until ORDER BY entry_index")
_LEAVES = text("SELECT leaf_hash FROM entry WHERE entry_index >= :first AND entry_index < :until ORDER BY entry_index")
_ROOTS = text(
    "SELECT root FROM hash_tile WHERE level = :level AND tile_index >= :first AND tile_index < :until "
    "ORDER BY tile_index"
)
_TILE = text("SELECT hashes FROM hash_tile WHERE level = :level AND tile_index = :first")


class LogReader:
    """Reads through a SQLAlchemy engine; safe for several threads. Every method raises LogUnavailableError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def head(self) -> tuple[int, bytes]:
        """Number of entries and root hash (32 bytes) as committed now."""
        size, root = self._all(_HEAD)[0]
        return int(size), bytes(root)

    def entry(self, entry_index: int) -> Receipt | None:
        """The entry at this index, or None beyond the end."""
        found = self._all(_ENTRY, index=entry_index) if 0 <= entry_index < 1 << 62 else []
        return Receipt(entry_index, bytes(found[0][0]), bytes(found[0][1])) if found else None

    def inclusion(self, entry_index: int, size: int) -> list[bytes]:
        """The audit path of an entry in the tree of `size` entries. Raises TreeError when it is not in it."""
        return inclusion_proof(TileReader(self.read, size), entry_index, size)

    def root(self, size: int) -> bytes:
        """The root of the tree of the first `size` entries. Raises LogUnavailableError where they are not all there."""
        try:
            return tree_root(TileReader(self.read, size), size)
        except (TileError, TileMissingError, TreeError):
            raise LogUnavailableError("the log has not so many entries") from None

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The proof that the tree of `new` entries extends that of `old`. Raises TreeError."""
        return consistency_proof(TileReader(self.read, new), old, new)

    def read(self, path: str) -> bytes:
        """The bytes at a tlog-tiles path (`tile/...`). Raises TileError, TileMissingError."""
        return self.tile(Tile.parse(path))

    def tile(self, tile: Tile) -> bytes:
        """The bytes of a hash tile or entry bundle, full or partial. Raises TileMissingError."""
        first = tile.index << TILE_HEIGHT
        if first >> 62:
            raise TileMissingError("the tile is beyond the end of the log")
        if tile.level is None:
            return encode_bundle(self._column(_BODIES, tile, first))
        if tile.full:
            stored = self._all(_TILE, level=tile.level, first=tile.index)
            if not stored:
                raise TileMissingError("the tile is not in the log")
            return bytes(stored[0][0])
        if tile.level == 0:
            return b"".join(self._column(_LEAVES, tile, first))
        return b"".join(self._column(_ROOTS, tile, first, level=tile.level - 1))

    def _column(self, statement: Any, tile: Tile, first: int, **more: int) -> list[bytes]:
        found = self._all(statement, first=first, until=first + tile.width, **more)
        if len(found) != tile.width:
            raise TileMissingError("the tile is not in the log, or not of this width")
        return [bytes(row[0]) for row in found]

    def _all(self, statement: Any, **values: int) -> Sequence[Any]:
        try:
            with self._engine.connect() as connection:
                return connection.execute(statement, values).all()
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"the disclosure log cannot be read ({type(error).__name__})") from None
