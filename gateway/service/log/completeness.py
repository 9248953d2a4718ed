"""Whether the tables beside the log still say what its entries say: a port, and how a fault is told.

Entries are proven by the tree; private parts, search tokens, duties, cases and keys are rows that a person with write
access to the database can delete or change. An account for a person rests on them, so it is given only where they are
whole (Privacy Act 8(4), 12; MFIPPA 36). Does not: read a table (`gateway.adapters.log.reconcile`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from gateway.domain.errors import LogUnavailableError

FAULTS: Final = {
    "entry-missing": "entries are not there",
    "entry-altered": "entries are not what was hashed",
    "entry-unreadable": "entries are no entries",
    "head-differs": "the entries do not give the root of the log's head",
    "checkpoint-missing": "the log has entries and no signed checkpoint",
    "checkpoint-differs": "the last checkpoint is not signed by this log, or is of other entries",
    "log-shorter": "the log is shorter than its last signed checkpoint",
    "part-missing": "private parts are not there, and no erasure says that they went",
    "part-surplus": "private parts belong to no entry",
    "part-unreadable": "private parts do not open: altered, moved, or filed under other people",
    "part-differs": "private parts are not what their entries commit to",
    "part-put-back": "private parts are there that an erasure says went",
    "key-missing": "private parts have no subject key, and no erasure says that it went",
    "key-unreadable": "subject keys do not open",
    "token-missing": "search tokens are not there, so that a person is not found",
    "token-surplus": "search tokens lead to private parts that do not have them",
    "duties-differ": "duties are not those of their entries",
    "duty-done-unproven": "duties are marked as fulfilled, and no entry says so",
    "duty-reopened": "duties are open that an entry says were fulfilled",
    "state-unproven": "keys, consents, orders or referrals are not what the log said last",
    "state-missing": "keys, consents, orders or referrals that the log made are not there",
    "document-altered": "kept agreements or policies are not what their digests say",
    "agreement-not-kept": "agreements that entries cite are not kept",
    "policy-not-kept": "policy revisions that entries cite are not kept",
}
"""Every kind of fault, in words."""

GAP_FROM_BEFORE: Final = "gap-from-before"
FILING_FROM_BEFORE: Final = "filing-from-before"
DUTY_FROM_BEFORE: Final = "duty-from-before"
CANNOT_TELL: Final = {
    GAP_FROM_BEFORE: "private parts are not there, and an erasure from before erasures listed what went came after",
    FILING_FROM_BEFORE: "private parts are from before their search tokens were sealed with them",
    DUTY_FROM_BEFORE: "duties are from before their entries said what they wait for",
}
"""What an older release did not write down, so that nobody can tell whether it was altered."""
TOLD_AT_MOST: Final = 10
"""So many entries a finding names."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`count` rows at fault (or, for the kinds of `CANNOT_TELL`, that cannot be judged); `entries` are the first entry
    indexes concerned, at most `TOLD_AT_MOST`, empty where a row belongs to no entry."""

    kind: str
    count: int
    entries: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        said = FAULTS.get(self.kind) or CANNOT_TELL[self.kind]
        where = f" (entry {', '.join(map(str, self.entries))}{', …' if self.count > len(self.entries) else ''})"
        return f"{self.kind}: {self.count} · {said}{where if self.entries else ''}"


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was held against the entries: how many entries, private parts, search tokens, duties and rows of state, how
    many private parts erasures explain, and what was found. `size` is the log's. `since` is the entry from which on
    parts were opened; those before were opened when the last mark was made, and only counted and summed now."""

    size: int
    since: int
    parts: int
    tokens: int
    duties: int
    state: int
    erased: int
    faults: tuple[Finding, ...]
    cannot_tell: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return not self.faults


class NotCompleteError(LogUnavailableError):
    """What rests on the tables beside the log is not given, because they are not whole."""

    code = "tables-not-whole"


class Completeness(Protocol):
    async def before_account(self, entries: Sequence[int]) -> Reconciled:
        """Hold the tables against the log, and these entries against its last signed checkpoint.

        Raises LogUnavailableError."""


class KeptRows(Protocol):
    async def before_erasure(self) -> Reconciled:
        """Hold the rows of state (holds among them) against the log. Raises LogUnavailableError."""


class WholeTables(Completeness, KeptRows, Protocol):
    """Both."""


def require_whole(reconciled: Reconciled, otherwise: str) -> None:
    """Raises NotCompleteError, which says what would happen `otherwise`, names the first fault and what to do."""
    if not reconciled.ok:
        raise NotCompleteError(
            f"{otherwise}: the tables beside the log are not what its entries "
            f"say ({reconciled.faults[0].words}). Run `gateway log reconcile` and restore the database from a backup"
        )
