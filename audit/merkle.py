"""The Merkle tree of RFC 6962 and RFC 9162 (2.1): hashes, the growing edge, proofs and their verification.

Invariant: the root depends on every leaf, on their order and on their number; a leaf hash can never be taken
for a node hash (prefixes 0x00 and 0x01). All hashes are 32 bytes of SHA-256.
Does not: store anything. A `Frontier` keeps only the peaks, so appending costs O(log n) memory; proofs read
complete subtrees through `SubtreeReader`, which a database or `audit.tiles.TileReader` provides.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from hmac import compare_digest
from typing import Final, Protocol, Self

from audit.errors import ProofError, TreeError

HASH_SIZE: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()
MAX_SIZE: Final = (1 << 63) - 1


def leaf_hash(entry: bytes) -> bytes:
    """Return SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


class SubtreeReader(Protocol):
    """Where proofs come from: the hashes of complete subtrees."""

    def subtree(self, level: int, index: int) -> bytes:
        """Return the hash over leaves [index << level, (index + 1) << level); level 0 gives leaf hashes."""


class Frontier:
    """The right edge of a tree: its size and the hashes of its complete subtrees, largest first.

    Not safe for use by several threads at once; `copy` before trying a batch that may fail.
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """Continue a tree of `size` leaves. Raises TreeError when the peaks do not fit the size."""
        self._size = size
        self._peaks = list(peaks)
        if not 0 <= size <= MAX_SIZE or len(self._peaks) != size.bit_count():
            raise TreeError("the number of peaks does not fit the tree size")
        if any(len(peak) != HASH_SIZE for peak in self._peaks):
            raise TreeError("a peak is not a hash of 32 bytes")

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read the form `to_bytes` writes. Raises TreeError."""
        if len(data) < 8 or (len(data) - 8) % HASH_SIZE:
            raise TreeError("a stored frontier has the wrong length")
        peaks = [data[at : at + HASH_SIZE] for at in range(8, len(data), HASH_SIZE)]
        return cls(int.from_bytes(data[:8], "big"), peaks)

    @classmethod
    def from_reader(cls, reader: SubtreeReader, size: int) -> Self:
        """Rebuild the frontier of a stored tree from its complete subtrees."""
        return cls(size, [reader.subtree(level, index) for level, index in _cover(0, size)])

    def to_bytes(self) -> bytes:
        """Return the size as 8 bytes, big-endian, then the peaks, largest subtree first."""
        return self._size.to_bytes(8, "big") + b"".join(self._peaks)

    @property
    def size(self) -> int:
        """Number of leaves."""
        return self._size

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """Hashes of the complete subtrees that make up the tree, largest first."""
        return tuple(self._peaks)

    def copy(self) -> Self:
        """Return an independent frontier of the same tree."""
        return type(self)(self._size, self._peaks)

    def append(self, leaf: bytes) -> int:
        """Append a leaf hash and return the leaf's index."""
        index = self._size
        peaks = self._peaks
        carry = index
        while carry & 1:
            leaf = node_hash(peaks.pop(), leaf)
            carry >>= 1
        peaks.append(leaf)
        self._size = index + 1
        return index

    def append_subtree(self, level: int, root: bytes) -> None:
        """Append a complete subtree of 2**level leaves at once. Raises TreeError off its boundary."""
        if self._size & ((1 << level) - 1):
            raise TreeError("a subtree can only be appended on its own boundary")
        carry = self._size >> level
        while carry & 1:
            root = node_hash(self._peaks.pop(), root)
            carry >>= 1
        self._peaks.append(root)
        self._size += 1 << level

    def root(self) -> bytes:
        """Return the root hash of the tree as it is now (32 bytes)."""
        if not self._peaks:
            return EMPTY_ROOT
        return _fold(self._peaks)


def subtree_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over a power of two of neighbouring hashes. Raises TreeError otherwise."""
    row = list(hashes)
    if not row or len(row) & (len(row) - 1):
        raise TreeError("a complete subtree has a power of two of leaves")
    while len(row) > 1:
        row = [sha256(b"\x01" + row[at] + row[at + 1]).digest() for at in range(0, len(row), 2)]
    return row[0]


def tree_root(reader: SubtreeReader, size: int) -> bytes:
    """Return the root hash of the first `size` leaves of a stored tree."""
    return EMPTY_ROOT if size == 0 else _range_root(reader, 0, size)


def inclusion_proof(reader: SubtreeReader, index: int, size: int) -> list[bytes]:
    """Return the audit path of leaf `index` among `size` leaves, its sibling first (RFC 9162, 2.1.3.1).

    Raises:
        TreeError: the leaf is not in a tree of that size.
    """
    if not 0 <= index < size:
        raise TreeError("the leaf is not in a tree of this size")
    low, high = 0, size
    path: list[bytes] = []
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_range_root(reader, middle, high))
            high = middle
        else:
            path.append(_range_root(reader, low, middle))
            low = middle
    path.reverse()
    return path


def consistency_proof(reader: SubtreeReader, old: int, new: int) -> list[bytes]:
    """Return the proof that the tree of `new` leaves extends the tree of `old` leaves (RFC 9162, 2.1.4.1).

    From the empty tree, and between equal sizes, the proof is empty.

    Raises:
        TreeError: `old` is larger than `new`, or negative.
    """
    if not 0 <= old <= new:
        raise TreeError("the older tree is larger than the newer one")
    low, high = 0, new
    path: list[bytes] = []
    whole = True
    while 0 < old < high:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(_range_root(reader, middle, high))
            high = middle
        else:
            path.append(_range_root(reader, low, middle))
            low = middle
            whole = False
    if not whole:
        path.append(_range_root(reader, low, high))
    path.reverse()
    return path


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Check that leaf hash `leaf` is at `index` in the tree of `size` leaves (RFC 9162, 2.1.3.2).

    Raises:
        ProofError: it is not, or the proof is malformed.
    """
    if not 0 <= index < size:
        raise ProofError("the inclusion proof is for a leaf outside the tree")
    _check_hashes(proof, leaf, root)
    position, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("the inclusion proof is too long")
        if position & 1 or position == last:
            computed = node_hash(sibling, computed)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            computed = node_hash(computed, sibling)
        position >>= 1
        last >>= 1
    if last:
        raise ProofError("the inclusion proof is too short")
    if not compare_digest(computed, root):
        raise ProofError("the inclusion proof does not lead to the root hash")


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree (new, new_root) extends the tree (old, old_root) (RFC 9162, 2.1.4.2).

    Raises:
        ProofError: it does not, or the proof is malformed.
    """
    if not 0 <= old <= new:
        raise ProofError("the older tree is larger than the newer one")
    _check_hashes(proof, old_root, new_root)
    if old in (0, new):
        if proof:
            raise ProofError("the consistency proof should be empty")
        if not compare_digest(old_root, EMPTY_ROOT if old == 0 else new_root):
            raise ProofError("the two trees have one size and two root hashes")
        return
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        raise ProofError("the consistency proof is too short")
    old_side, new_side = _consistency_roots(old - 1, new - 1, path)
    if not (compare_digest(old_side, old_root) & compare_digest(new_side, new_root)):
        raise ProofError("the consistency proof does not lead to both root hashes")


def _consistency_roots(position: int, last: int, path: list[bytes]) -> tuple[bytes, bytes]:
    """Compute the older and the newer root from a path (RFC 9162, 2.1.4.2, steps 3 to 6)."""
    while position & 1:
        position >>= 1
        last >>= 1
    old_side = new_side = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofError("the consistency proof is too long")
        if position & 1 or position == last:
            old_side = node_hash(sibling, old_side)
            new_side = node_hash(sibling, new_side)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            new_side = node_hash(new_side, sibling)
        position >>= 1
        last >>= 1
    if last:
        raise ProofError("the consistency proof is too short")
    return old_side, new_side


def _check_hashes(proof: Sequence[bytes], *others: bytes) -> None:
    if len(proof) > 2 * MAX_SIZE.bit_length():
        raise ProofError("the proof is too long")
    if any(len(value) != HASH_SIZE for value in (*proof, *others)):
        raise ProofError("a hash is not 32 bytes long")


def _split(width: int) -> int:
    """Return the largest power of two below `width` (RFC 9162, 2.1.1: k)."""
    return 1 << ((width - 1).bit_length() - 1)


def _cover(low: int, high: int) -> list[tuple[int, int]]:
    """Return the complete subtrees (level, index), largest first, that make up a left-aligned range."""
    parts = []
    while low < high:
        level = (high - low).bit_length() - 1
        parts.append((level, low >> level))
        low += 1 << level
    return parts


def _fold(roots: Sequence[bytes]) -> bytes:
    root = roots[-1]
    for left in reversed(roots[:-1]):
        root = node_hash(left, root)
    return root


def _range_root(reader: SubtreeReader, low: int, high: int) -> bytes:
    return _fold([reader.subtree(level, index) for level, index in _cover(low, high)])
