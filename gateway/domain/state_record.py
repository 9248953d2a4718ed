"""A case as it stands: something that people decide over time and that requests refer to.

Referrals, consents, delegation orders. Every change of a case is made durable with an entry of the log, in one
transaction, and only if the case is still at the revision the change was based on
(`gateway.domain.submission.StateChange`). Holds no personal value and no name of staff.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from audit.canonical import JsonValue


@dataclass(frozen=True, slots=True)
class StateRecord:
    """`opened_index` is the entry that opened it, `entry_index` the one that changed it last; `due` is UTC; `body` are
    codes; `token` is the keyed search token of the person it is filed under."""

    kind: str
    id: str
    revision: int
    state: str
    due: datetime | None
    opened_index: int
    entry_index: int
    body: Mapping[str, JsonValue] = field(repr=False)
    token: bytes | None = field(default=None, repr=False)
