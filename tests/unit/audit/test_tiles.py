"""Tiles: paths, bundles, when a tile is full, and a tree read back from its tiles."""

import pytest

from audit.errors import TileError, TileMissingError, TreeError
from audit.merkle import Frontier, inclusion_proof, leaf_hash, tree_root, verify_inclusion
from audit.tiles import (
    Tile,
    TileBuilder,
    TileReader,
    completed,
    decode_bundle,
    encode_bundle,
    hash_tiles,
    read_entries,
    tiles_at,
)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(None, 0, 9), "tile/entries/000.p/9"),
        (Tile(63, 999), "tile/63/999"),
        (Tile(2, 1000, 255), "tile/2/x001/000.p/255"),
    ],
)
def test_paths_are_those_of_the_specification(tile: Tile, path: str) -> None:
    assert tile.path() == path
    assert Tile.parse(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/1",
        "tile/0/x000/001",
        "tile/00/001",
        "tile/64/001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/09",
        "tile/0/001/x002",
        "tile/0/../../../etc/passwd",
        "/tile/0/001",
        "tile/0/001\n",
        "tile/0/٠٠١",
        "tile/data/001",
        "tile/0/" + "x001/" * 40 + "001",
    ],
)
def test_other_spellings_are_refused(path: str) -> None:
    with pytest.raises(TileError):
        Tile.parse(path)


def test_a_tree_of_70_000_has_the_tiles_of_the_specification() -> None:
    tiles = list(hash_tiles(70_000))
    assert sum(tile.level == 0 and tile.full for tile in tiles) == 273
    assert [tile for tile in tiles if not tile.full] == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert list(hash_tiles(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(hash_tiles(0)) == []
    assert list(tiles_at(None, 300)) == [Tile(None, 0), Tile(None, 1, 44)]


def test_bundles_carry_entries_after_their_length() -> None:
    entries = [b"", b"a", b"x" * 65_535]
    data = encode_bundle(entries)
    assert data[:5] == b"\x00\x00\x00\x01a"
    assert decode_bundle(data, 3) == entries


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x02a", b"\x00\x01ab", b""])
def test_bundles_that_end_inside_an_entry_are_refused(data: bytes) -> None:
    with pytest.raises(TileError):
        decode_bundle(data, 1)


def test_bundles_have_their_limits() -> None:
    with pytest.raises(TileError):
        encode_bundle([b"x" * 65_536])
    with pytest.raises(TileError):
        encode_bundle([b""] * 257)


def test_full_tiles_are_exactly_those_the_builder_hands_over() -> None:
    builder = TileBuilder()
    size = 256 * 256 + 300
    handed: list[Tile] = []
    known = 0
    for number in range(size):
        tiles = [tile for tile, _ in builder.append(number.to_bytes(32, "big"))]
        handed.extend(tiles)
        if number % 777 == 0 or number == size - 1:
            assert sorted(completed(known, number + 1), key=Tile.path) == sorted(handed, key=Tile.path)
            known, handed = number + 1, []
    assert [tile for tile, _ in builder.partial()] == [tile for tile in hash_tiles(size) if not tile.full]
    with pytest.raises(TreeError):
        completed(2, 1)


def publish(leaves: list[bytes]) -> dict[str, bytes]:
    builder = TileBuilder()
    files = {tile.path(): data for leaf in leaves for tile, data in builder.append(leaf)}
    return files | {tile.path(): data for tile, data in builder.partial()}


def test_a_tree_reads_back_from_its_tiles() -> None:
    leaves = [leaf_hash(number.to_bytes(4, "big")) for number in range(70_000)]
    files = publish(leaves)
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    reader = TileReader(files.__getitem__, len(leaves))
    assert tree_root(reader, len(leaves)) == frontier.root()
    for index in (0, 255, 256, 65_535, 65_536, 69_999):
        proof = inclusion_proof(reader, index, len(leaves))
        verify_inclusion(index, len(leaves), leaves[index], proof, frontier.root())
    rebuilt = TileBuilder.from_reader(reader.subtree, len(leaves))
    assert {tile.path(): data for tile, data in rebuilt.partial()}.items() <= files.items()
    for extra in range(200):
        leaf = leaf_hash(b"more" + bytes([extra]))
        frontier.append(leaf)
        for tile, data in rebuilt.append(leaf):
            files[tile.path()] = data
    files |= {tile.path(): data for tile, data in rebuilt.partial()}
    assert tree_root(TileReader(files.__getitem__, 70_200), 70_200) == frontier.root()


def test_a_reader_gives_only_complete_subtrees_and_survives_pruned_partials() -> None:
    leaves = [leaf_hash(bytes([number % 251])) for number in range(300)]
    files = publish(leaves)

    def read(path: str) -> bytes:
        if path not in files:
            raise TileMissingError(path)
        return files[path]

    for level, index in ((0, 300), (3, 37), (-1, 0), (0, -1)):
        with pytest.raises(TreeError):
            TileReader(read, 300).subtree(level, index)
    old = TileReader(read, 200)
    assert old.subtree(0, 199) == leaves[199]
    del files["tile/0/000"]
    with pytest.raises(TileMissingError):
        TileReader(read, 200).subtree(0, 0)
    files["tile/0/000"] = b"short"
    with pytest.raises(TileError):
        TileReader(read, 300).subtree(0, 0)


def test_entries_come_from_the_full_bundle_where_the_partial_is_gone() -> None:
    files = {"tile/entries/000": encode_bundle([bytes([number]) for number in range(256)])}

    def read(path: str) -> bytes:
        if path not in files:
            raise TileMissingError(path)
        return files[path]

    assert read_entries(read, Tile(None, 0, 3)) == [b"\x00", b"\x01", b"\x02"]


@pytest.mark.parametrize(("level", "index", "width"), [(64, 0, 1), (-1, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)])
def test_tiles_have_their_ranges(level: int, index: int, width: int) -> None:
    with pytest.raises(TileError):
        Tile(level, index, width)


def test_a_bundle_of_countless_empty_entries_is_not_read_to_its_end() -> None:
    with pytest.raises(TileError):
        decode_bundle(bytes(2 * 1_000_000), 256)
