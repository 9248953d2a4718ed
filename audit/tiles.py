"""Tiles: the log as static files that anyone can fetch and check (C2SP tlog-tiles).

    checkpoint                     the signed head
    tile/<level>/<index>[.p/<width>]      up to 256 hashes; level 0 holds leaf hashes
    tile/entries/<index>[.p/<width>]      up to 256 entries, each after its length in 2 bytes, big-endian

Invariant: a full tile never changes; a tile is full exactly when 256 complete subtrees of 2**(8 * level)
leaves are in the tree, so full tiles can be stored with the batch that fills them and partial ones derived.
Does not: authenticate. Hashes read from tiles count only once a proof built from them leads to a signed root.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from audit.errors import TileError, TileMissingError, TreeError
from audit.merkle import HASH_SIZE, subtree_root

CHECKPOINT_PATH: Final = "checkpoint"
TILE_HEIGHT: Final = 8
TILE_WIDTH: Final = 1 << TILE_HEIGHT
MAX_LEVEL: Final = 63
MAX_ENTRY_SIZE: Final = 65_535
MAX_BUNDLE_SIZE: Final = TILE_WIDTH * (2 + MAX_ENTRY_SIZE)

_CACHED_TILES: Final = 64
_PATH: Final = re.compile(r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile by level (0 to 63; None for the bundle of entries), index in its level, and width (1 to 256)."""

    level: int | None
    index: int
    width: int = TILE_WIDTH

    def __post_init__(self) -> None:
        if not (self.level is None or 0 <= self.level <= MAX_LEVEL):
            raise TileError("a tile level is 0 to 63")
        if self.index < 0 or not 1 <= self.width <= TILE_WIDTH:
            raise TileError("a tile index or width is out of range")

    @property
    def full(self) -> bool:
        """Whether the tile is full, and so never changes again."""
        return self.width == TILE_WIDTH

    def path(self) -> str:
        """Return the path below the log's prefix, such as `tile/0/x001/x234/067.p/9`."""
        digits = f"{self.index:03}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        number = "".join(f"x{group}/" for group in groups[:-1]) + groups[-1]
        kind = "entries" if self.level is None else str(self.level)
        return f"tile/{kind}/{number}" + ("" if self.full else f".p/{self.width}")

    @classmethod
    def parse(cls, path: str) -> "Tile":
        """Read a path. Raises TileError for any spelling that `path` would not write."""
        match = _PATH.fullmatch(path) if len(path) < 100 else None
        if match is None:
            raise TileError("a tile path is malformed")
        kind, number, width = match.groups()
        tile = cls(
            None if kind == "entries" else int(kind),
            int(number.replace("x", "").replace("/", "")),
            int(width or TILE_WIDTH),
        )
        if tile.path() != path:
            raise TileError("a tile path is not in its one spelling")
        return tile


def tiles_at(level: int | None, size: int) -> Iterator[Tile]:
    """Yield the tiles of one level (None: entry bundles) in a tree of `size` leaves, the partial one last."""
    count = size >> (TILE_HEIGHT * (level or 0))
    for index in range(count // TILE_WIDTH):
        yield Tile(level, index)
    if count % TILE_WIDTH:
        yield Tile(level, count // TILE_WIDTH, count % TILE_WIDTH)


def hash_tiles(size: int) -> Iterator[Tile]:
    """Yield every hash tile of a tree of `size` leaves, level by level."""
    level = 0
    while size >> (TILE_HEIGHT * level):
        yield from tiles_at(level, size)
        level += 1


def completed(old: int, new: int) -> list[Tile]:
    """Return the hash tiles, lowest level first, that become full when a tree grows from `old` to `new`.

    Raises:
        TreeError: the tree does not grow.
    """
    if not 0 <= old <= new:
        raise TreeError("a tree only grows")
    tiles: list[Tile] = []
    level = 0
    while new >> (TILE_HEIGHT * (level + 1)):
        shift = TILE_HEIGHT * (level + 1)
        tiles.extend(Tile(level, index) for index in range(old >> shift, new >> shift))
        level += 1
    return tiles


def split_hashes(data: bytes, width: int) -> list[bytes]:
    """Return the hashes of a tile. Raises TileError when their number is not `width`."""
    if len(data) != width * HASH_SIZE:
        raise TileError("a tile does not have the length of its width")
    return [data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)]


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Return the bundle of up to 256 entries. Raises TileError when there are more, or one is too large."""
    if len(entries) > TILE_WIDTH or any(len(entry) > MAX_ENTRY_SIZE for entry in entries):
        raise TileError("a bundle holds at most 256 entries of at most 65,535 bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def decode_bundle(data: bytes, width: int) -> list[bytes]:
    """Return the entries of a bundle. Raises TileError when they are not exactly `width`."""
    entries: list[bytes] = []
    at = 0
    while at < len(data) and len(entries) <= width:
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if at > len(data) or start > len(data):
            raise TileError("an entry bundle ends inside an entry")
        entries.append(data[start:at])
    if len(entries) != width:
        raise TileError("an entry bundle does not hold the entries of its width")
    return entries


def read_hashes(read: Callable[[str], bytes], tile: Tile) -> list[bytes]:
    """Return a tile's hashes, from the full tile where the partial one is gone. Raises TileError."""
    data, width = _read(read, tile)
    return split_hashes(data, width)[: tile.width]


def read_entries(read: Callable[[str], bytes], bundle: Tile) -> list[bytes]:
    """Return a published bundle's entries, from the full one where the partial is gone. Raises TileError."""
    data, width = _read(read, bundle)
    return decode_bundle(data, width)[: bundle.width]


def _read(read: Callable[[str], bytes], tile: Tile) -> tuple[bytes, int]:
    try:
        return read(tile.path()), tile.width
    except TileMissingError:
        if tile.full:
            raise
        return read(Tile(tile.level, tile.index).path()), TILE_WIDTH


class TileReader:
    """The hashes of a published tree: a `merkle.SubtreeReader` over `read(path)`.

    `read` returns the bytes at a path or raises TileMissingError. Where a partial tile is gone, the full
    tile that replaced it serves. `size` is that of a checkpoint the caller has verified.
    """

    def __init__(self, read: Callable[[str], bytes], size: int) -> None:
        self._read = read
        self._size = size
        self._tiles: dict[Tile, list[bytes]] = {}

    def subtree(self, level: int, index: int) -> bytes:
        """Return the hash over leaves [index << level, (index + 1) << level). Raises TreeError, TileError."""
        if level < 0 or index < 0 or (index + 1) << level > self._size:
            raise TreeError("the subtree is not complete in a tree of this size")
        tile_level, inner = divmod(level, TILE_HEIGHT)
        first = index << inner
        tile_index, at = divmod(first, TILE_WIDTH)
        width = min(TILE_WIDTH, (self._size >> (TILE_HEIGHT * tile_level)) - tile_index * TILE_WIDTH)
        return subtree_root(self.hashes(Tile(tile_level, tile_index, width))[at : at + (1 << inner)])

    def hashes(self, tile: Tile) -> list[bytes]:
        """Return the hashes of a tile. Raises TileMissingError, TileError."""
        known = self._tiles.get(tile)
        if known is None:
            known = read_hashes(self._read, tile)
            if len(self._tiles) >= _CACHED_TILES:
                del self._tiles[next(iter(self._tiles))]
            self._tiles[tile] = known
        return known


class TileBuilder:
    """The rightmost tiles of a growing tree, so that a full tile can be stored with the batch that fills it.

    Holds at most 255 hashes a level. Not safe for several threads; after a failed batch, build a new one.
    """

    def __init__(self) -> None:
        self._size = 0
        self._rows: list[list[bytes]] = []

    @classmethod
    def from_reader(cls, subtree: Callable[[int, int], bytes], size: int) -> "TileBuilder":
        """Rebuild from `merkle.SubtreeReader.subtree` of the stored tree of `size` leaves."""
        builder = cls()
        builder._size = size
        level = 0
        while count := size >> (TILE_HEIGHT * level):
            first = count - count % TILE_WIDTH
            builder._rows.append([subtree(TILE_HEIGHT * level, at) for at in range(first, count)])
            level += 1
        return builder

    @property
    def size(self) -> int:
        """Number of leaves."""
        return self._size

    def append(self, leaf: bytes) -> list[tuple[Tile, bytes]]:
        """Append a leaf hash; return the tiles it completes with their 8,192 bytes, lowest level first."""
        self._size += 1
        finished: list[tuple[Tile, bytes]] = []
        level, value = 0, leaf
        while True:
            if level == len(self._rows):
                self._rows.append([])
            row = self._rows[level]
            row.append(value)
            if len(row) < TILE_WIDTH:
                return finished
            index = (self._size >> (TILE_HEIGHT * (level + 1))) - 1
            finished.append((Tile(level, index), b"".join(row)))
            value = subtree_root(row)
            row.clear()
            level += 1

    def partial(self) -> list[tuple[Tile, bytes]]:
        """Return the partial tiles of the tree as it is now, with their bytes, lowest level first."""
        return [
            (Tile(level, self._size >> (TILE_HEIGHT * (level + 1)), len(row)), b"".join(row))
            for level, row in enumerate(self._rows)
            if row
        ]
