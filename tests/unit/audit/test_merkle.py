"""The tree itself: growing, storing and restoring its edge, and refusing proofs that are not."""

import pytest

from audit.errors import ProofError, TreeError
from audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    subtree_root,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(bytes([number])) for number in range(40)]


class Leaves:
    """A reader over leaf hashes in memory."""

    def subtree(self, level: int, index: int) -> bytes:
        return subtree_root(LEAVES[index << level : (index + 1) << level])


def grown(size: int) -> Frontier:
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf)
    return frontier


def test_a_leaf_is_never_taken_for_a_node() -> None:
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)


def test_the_empty_tree_has_its_root() -> None:
    assert Frontier().root() == EMPTY_ROOT == tree_root(Leaves(), 0)


@pytest.mark.parametrize("size", range(41))
def test_the_edge_can_be_stored_restored_and_rebuilt(size: int) -> None:
    frontier = grown(size)
    assert frontier.size == size
    assert len(frontier.peaks) == size.bit_count()
    restored = Frontier.from_bytes(frontier.to_bytes())
    rebuilt = Frontier.from_reader(Leaves(), size)
    assert restored.root() == rebuilt.root() == frontier.root() == tree_root(Leaves(), size)


def test_append_returns_the_index_and_a_copy_is_independent() -> None:
    frontier = grown(5)
    copy = frontier.copy()
    assert copy.append(LEAVES[5]) == 5
    assert (frontier.size, copy.size) == (5, 6)
    assert frontier.root() == grown(5).root()
    assert copy.root() == grown(6).root()


def test_whole_subtrees_can_be_appended_on_their_boundary() -> None:
    frontier = Frontier()
    frontier.append_subtree(3, subtree_root(LEAVES[:8]))
    frontier.append_subtree(3, subtree_root(LEAVES[8:16]))
    frontier.append_subtree(1, subtree_root(LEAVES[16:18]))
    frontier.append(LEAVES[18])
    assert frontier.root() == grown(19).root()
    with pytest.raises(TreeError):
        frontier.append_subtree(1, LEAVES[0])


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 7, b"\x00" * 9, b"\x00" * 40, b"\x00" * 7 + b"\x01", b"\xff" * (8 + 32 * 64)]
)
def test_a_damaged_edge_is_refused(data: bytes) -> None:
    with pytest.raises(TreeError):
        Frontier.from_bytes(data)


def test_peaks_must_be_hashes() -> None:
    with pytest.raises(TreeError):
        Frontier(1, [b"short"])
    with pytest.raises(TreeError):
        Frontier(-1)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_outside_the_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(TreeError):
        inclusion_proof(Leaves(), index, size)
    with pytest.raises(ProofError):
        verify_inclusion(index, size, LEAVES[0], [], LEAVES[0])


def test_a_tree_does_not_shrink() -> None:
    with pytest.raises(TreeError):
        consistency_proof(Leaves(), 4, 3)
    with pytest.raises(ProofError):
        verify_consistency(4, 3, LEAVES[0], LEAVES[1], [])


def test_from_the_empty_tree_only_the_empty_proof_and_root() -> None:
    root = grown(3).root()
    assert consistency_proof(Leaves(), 0, 3) == []
    verify_consistency(0, 3, EMPTY_ROOT, root, [])
    with pytest.raises(ProofError):
        verify_consistency(0, 3, root, root, [])
    with pytest.raises(ProofError):
        verify_consistency(0, 3, EMPTY_ROOT, root, [root])


def test_one_size_has_one_root() -> None:
    root = grown(3).root()
    verify_consistency(3, 3, root, root, [])
    with pytest.raises(ProofError):
        verify_consistency(3, 3, grown(2).root(), root, [])
    with pytest.raises(ProofError):
        verify_consistency(3, 3, root, root, [root])


def test_hashes_of_another_length_are_refused() -> None:
    root = grown(2).root()
    for bad in ([LEAVES[1][:31]], [LEAVES[1] + b"\x00"], [b""]):
        with pytest.raises(ProofError):
            verify_inclusion(0, 2, LEAVES[0], bad, root)
    with pytest.raises(ProofError):
        verify_inclusion(0, 2, LEAVES[0][:-1], [LEAVES[1]], root)
    with pytest.raises(ProofError):
        verify_consistency(1, 2, LEAVES[0], root, [LEAVES[1][:-1]])


def test_an_absurdly_long_proof_is_refused_before_hashing() -> None:
    with pytest.raises(ProofError, match="too long"):
        verify_inclusion(0, 2**62, LEAVES[0], [LEAVES[0]] * 1000, LEAVES[0])


def test_a_subtree_has_a_power_of_two_of_leaves() -> None:
    for count in (0, 3, 6):
        with pytest.raises(TreeError):
            subtree_root(LEAVES[:count])
