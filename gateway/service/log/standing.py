"""Where an entry stands in what the log has signed.

An entry that a command explains or replays is first held against the last signed checkpoint, so that nothing is said
about an entry that was altered in the database. Does not: sign; the running gateway does, about once a second.
"""

from dataclasses import dataclass
from typing import Protocol

from gateway.domain.submission import Receipt


@dataclass(frozen=True, slots=True)
class Standing:
    """The entry is proven to be in the tree of `size` entries that the log signed. `root` is 32 bytes."""

    origin: str
    size: int
    root: bytes


class SignedLog(Protocol):
    def standing(self, receipt: Receipt) -> Standing | None:
        """None where no signed checkpoint covers the entry yet.

        Raises LogUnavailableError where the log did not sign this entry at this index."""
