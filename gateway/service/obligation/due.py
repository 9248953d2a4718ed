"""The obligations of a decision as work with a day, and as an entry states them.

Days count as Ottawa counts them (`gateway.domain.due`). Does not: know which duty has how many days
(`agreements/obligations.yaml`), or write anything.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from audit.entry import Obligation
from gateway.domain.decision import Decision, Indeterminate
from gateway.domain.due import OTTAWA, end_of_day
from gateway.domain.submission import ObligationDue

AFTER_REVIEW: Final = "after-review"
"""The duty that only a review of the decision by somebody else fulfils."""


def obligations_due(
    decision: Decision, received_at: datetime, settled: Sequence[str] = ()
) -> tuple[ObligationDue, ...]:
    """The obligations of a decision as work, without those that are `settled`; days count from that of `received_at`
    (UTC) in Ottawa."""
    if isinstance(decision, Indeterminate):
        return ()
    return tuple(
        ObligationDue(item.code, item.on, None if item.due_days is None else end_of_day(received_at, item.due_days))
        for item in decision.obligations
        if item.code not in settled
    )


def stated(obligations: Sequence[ObligationDue]) -> tuple[Obligation, ...]:
    """Obligations as an entry states them, each once, with the day in Ottawa."""
    return tuple(
        dict.fromkeys(
            Obligation(item.code, item.due.astimezone(OTTAWA).date().isoformat() if item.due else None)
            for item in obligations
        )
    )
