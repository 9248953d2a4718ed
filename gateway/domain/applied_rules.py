"""By which rules something was judged: the agreement version and the policy revision.

A list that is read page by page, a referral and a repeated request may begin under one rulebook and go on under
another. They are judged by the one of now, and the answer says by which they began. The cursor of a list carries it:

    <cursor of the source> ~ <agreement id> : <version> : <digest> : <policy revision>

Invariant: what a cursor says of its beginning is only told back to who sent it; nothing is decided by it, so it needs
no proof. A cursor without it (from before there was one) is good all the same. Does not: judge.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

from audit.entry import AgreementRef, Entry
from gateway.domain.agreement import AgreementVersion

_MARK: Final = "~"
_DIGEST: Final = r"[A-Za-z0-9_-]{43}"
_BEGAN: Final = re.compile(rf"([A-Za-z][A-Za-z0-9._:/#-]{{0,99}}):([0-9.]{{1,16}}):({_DIGEST}):({_DIGEST})")


@dataclass(frozen=True, slots=True)
class AppliedRules:
    """`agreement` is None where the ground rests on none."""

    agreement: AgreementRef | None
    policy_revision: str

    @classmethod
    def of(cls, agreement: AgreementVersion | None, policy_revision: str) -> Self:
        named = None if agreement is None else AgreementRef(agreement.id, agreement.version, agreement.digest)
        return cls(named, policy_revision)

    @classmethod
    def of_entry(cls, entry: Entry) -> Self | None:
        """Those that an entry names; None where it names no policy."""
        return None if entry.policy_revision is None else cls(entry.agreement, entry.policy_revision)

    def marked(self, cursor: str) -> str:
        """The cursor of a list that began by these rules."""
        if self.agreement is None:
            return cursor
        named = self.agreement
        return f"{cursor}{_MARK}{named.id}:{named.version}:{named.digest}:{self.policy_revision}"

    @classmethod
    def unmarked(cls, cursor: str) -> "tuple[str, AppliedRules | None]":
        """The cursor of the source, and by which rules the list began, where the cursor says so."""
        before, mark, began = cursor.rpartition(_MARK)
        said = _BEGAN.fullmatch(began)
        if not mark or said is None:
            return cursor, None
        return before, cls(AgreementRef(said[1], said[2], said[3]), said[4])
