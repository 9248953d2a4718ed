"""Draws the entries of a month that somebody reviews: by the log itself, so that nobody chooses.

Each entry of the month gets the SHA-256 of seed and index; the smallest are drawn. The seed is the SHA-256 of a label,
the root of the tree up to the month's last entry, the institution and the month. That root depends on every entry, and
on salts that come after the request that they belong to, so nobody knows before the month is over what is drawn;
afterwards everybody who has the log draws the same. Does not: read the log, or know what an entry says.
"""

import heapq
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

LABEL: Final = b"isa-gateway/monthly-sample/v1\x00"


def seed_of(root: bytes, institution: str, month: str) -> bytes:
    """`root` is of 32 bytes, `month` is YYYY-MM."""
    return sha256(LABEL + root + institution.encode() + b"\x00" + month.encode("ascii")).digest()


def drawn(seed: bytes, indexes: Iterable[int], count: int) -> tuple[int, ...]:
    """So many of the entries, or all where there are fewer; in the order of the log."""
    ranked = heapq.nsmallest(count, ((rank_of(seed, index), index) for index in indexes))
    return tuple(sorted(index for _rank, index in ranked))


def rank_of(seed: bytes, entry_index: int) -> bytes:
    """What an entry is drawn by."""
    return sha256(seed + entry_index.to_bytes(8, "big")).digest()
