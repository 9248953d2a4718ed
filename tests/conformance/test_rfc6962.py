"""RFC 6962 trees made by others: every root, every inclusion proof, every consistency proof, every mutation.

The vectors are the leaves and roots of the Certificate Transparency reference trees; three published consistency
proofs of the same trees are repeated here. The recursive definitions of RFC 6962 (2.1, 2.1.1, 2.1.2) serve as the
second implementation.
"""

import json
import pathlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import pytest

from audit.errors import ProofError
from audit.merkle import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    subtree_root,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from audit.tiles import TileBuilder, TileReader

PUBLISHED_CONSISTENCY = {
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


@dataclass(frozen=True, slots=True)
class Vectors:
    leaves: list[bytes]
    roots: list[bytes]

    @property
    def hashes(self) -> list[bytes]:
        return [leaf_hash(leaf) for leaf in self.leaves]

    def subtree(self, level: int, index: int) -> bytes:
        return subtree_root(self.hashes[index << level : (index + 1) << level])


@pytest.fixture(scope="module")
def vectors(shared_data: pathlib.Path) -> Vectors:
    content = json.loads((shared_data / "vectors" / "rfc6962_trees.json").read_text())
    leaves = [bytes.fromhex(text) for text in content["leaves_hex"]]
    roots = [bytes.fromhex(text) for text in content["root_by_size_hex"]]
    assert len(roots) == len(leaves) + 1 == 9
    return Vectors(leaves, roots)


def mth(leaves: list[bytes]) -> bytes:
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = split(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mutations(proof: list[bytes]) -> Iterator[list[bytes]]:
    """Every single-bit change, every removal, doubling and swap of hashes, and additions."""
    for place, value in enumerate(proof):
        for bit in range(256):
            flipped = (int.from_bytes(value, "big") ^ (1 << bit)).to_bytes(32, "big")
            yield [*proof[:place], flipped, *proof[place + 1 :]]
        yield proof[:place] + proof[place + 1 :]
        yield [*proof[:place], value, *proof[place:]]
        yield [*proof[:place], value[:31], *proof[place + 1 :]]
    for place in range(len(proof) - 1):
        yield [*proof[:place], proof[place + 1], proof[place], *proof[place + 2 :]]
    yield [*proof, bytes(32)]
    yield [bytes(32), *proof]


def test_roots(vectors: Vectors) -> None:
    frontier = Frontier()
    for size, root in enumerate(vectors.roots):
        assert frontier.size == size
        assert frontier.root() == root == mth(vectors.leaves[:size]) == tree_root(vectors, size)
        if size < len(vectors.leaves):
            frontier.append(vectors.hashes[size])


def test_every_inclusion_proof_and_every_mutation_of_it(vectors: Vectors) -> None:
    checked = 0
    for size in range(1, 9):
        root = vectors.roots[size]
        for index in range(size):
            leaf = vectors.hashes[index]
            proof = inclusion_proof(vectors, index, size)
            assert proof == path(index, vectors.leaves[:size])
            verify_inclusion(index, size, leaf, proof, root)
            checked += 1
            for wrong in mutations(proof):
                with pytest.raises(ProofError):
                    verify_inclusion(index, size, leaf, wrong, root)
            for other in range(9):
                if other not in (index, size):
                    with pytest.raises(ProofError):
                        verify_inclusion(other, size, leaf, proof, root)
                    with pytest.raises(ProofError):
                        verify_inclusion(index, size, leaf, proof, vectors.roots[other])
            with pytest.raises(ProofError):
                verify_inclusion(index, size, vectors.leaves[index].ljust(32, b"\x00"), proof, root)
    assert checked == 36


def test_every_consistency_proof_and_every_mutation_of_it(vectors: Vectors) -> None:
    checked = 0
    for new in range(9):
        for old in range(new + 1):
            proof = consistency_proof(vectors, old, new)
            assert proof == (subproof(old, vectors.leaves[:new], True) if old else [])
            old_root, new_root = vectors.roots[old], vectors.roots[new]
            verify_consistency(old, new, old_root, new_root, proof)
            checked += 1
            for wrong in mutations(proof):
                with pytest.raises(ProofError):
                    verify_consistency(old, new, old_root, new_root, wrong)
            for other in range(9):
                if other != old:
                    with pytest.raises(ProofError):
                        verify_consistency(old, new, vectors.roots[other], new_root, proof)
                if other != new and old:
                    with pytest.raises(ProofError):
                        verify_consistency(old, new, old_root, vectors.roots[other], proof)
    assert checked == 45


@pytest.mark.parametrize(("old", "new"), PUBLISHED_CONSISTENCY)
def test_published_consistency_proofs(vectors: Vectors, old: int, new: int) -> None:
    proof = [bytes.fromhex(text) for text in PUBLISHED_CONSISTENCY[old, new]]
    assert consistency_proof(vectors, old, new) == proof
    verify_consistency(old, new, vectors.roots[old], vectors.roots[new], proof)


def test_proofs_read_from_tiles_are_the_same(vectors: Vectors) -> None:
    builder = TileBuilder()
    for leaf in vectors.hashes:
        assert builder.append(leaf) == []
    files = {tile.path(): data for tile, data in builder.partial()}
    assert list(files) == ["tile/0/000.p/8"]
    reader = TileReader(files.__getitem__, 8)
    for index in range(8):
        assert inclusion_proof(reader, index, 8) == inclusion_proof(vectors, index, 8)
