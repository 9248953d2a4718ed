"""What the log signed, checkpoint by checkpoint, and its tiles: what a page about its integrity shows, as a port.

Does not: recompute the log (`gateway.service.log.checking`), or sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SignedHead:
    """One checkpoint. `root` is 32 bytes, `signed_at` Unix seconds; `genuine` says whether the log's own key signed
    this note of this origin; `witnesses` are the names of other keys that cosigned it, whether known or not."""

    size: int
    root: bytes
    signed_at: int
    note: str
    genuine: bool
    witnesses: tuple[str, ...]


class SignedHistory(Protocol):
    """Every method blocks and raises LogUnavailableError."""

    @property
    def verifier_key(self) -> str:
        """The log's public key as outsiders give it to a verifier (C2SP vkey)."""

    def head(self) -> tuple[int, bytes]:
        """How many entries there are now, and their root."""

    def latest(self, limit: int) -> Sequence[SignedHead]:
        """The last checkpoints, the newest first."""

    def of_size(self, size: int) -> SignedHead | None:
        """The checkpoint that signs exactly so many entries."""

    def tile(self, path: str) -> bytes | None:
        """The bytes at a tlog-tiles path, None where there are none."""

    def reconciled(self) -> int | None:
        """Up to which entry the tables beside the log were found whole, by whoever held them against it last."""
