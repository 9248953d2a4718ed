"""The obligations of a decision as work with a day, and as an entry states them.

Days count as Ottawa counts them (`gateway.domain.due`). Does not: know which duty has how many days
(`agreements/obligations.yaml`), or write anything.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from audit.entry import Obligation
from audit.remembered import Remembered
from gateway.domain.decision import Decision, Indeterminate
from gateway.domain.decision import Obligation as Duty
from gateway.domain.due import OTTAWA, end_of_day_after, legal_day
from gateway.domain.submission import ObligationDue

AFTER_REVIEW: Final = "after-review"
"""The duty that only a review of the decision by somebody else fulfils."""


def obligations_due(
    decision: Decision, received_at: datetime, settled: Sequence[str] = ()
) -> tuple[ObligationDue, ...]:
    """The obligations of a decision as work, without those that are `settled`; days count from that of `received_at`
    (UTC) in Ottawa."""
    if isinstance(decision, Indeterminate) or not decision.obligations:
        return ()
    day, by_day = legal_day(received_at), _by_day(decision.obligations)
    due = by_day.get(day)
    if due is None:
        by_day.clear()
        due = by_day[day] = tuple(
            ObligationDue(item.code, item.on, None if item.due_days is None else end_of_day_after(day, item.due_days))
            for item in decision.obligations
        )
    return tuple([item for item in due if item.code not in settled]) if settled else due


_by_day: Final = Remembered[tuple[Duty, ...], dict[date, tuple[ObligationDue, ...]]](lambda _duties: {})
"""Every disclosure that rests on one decision has the same duties on the same day."""


def stated(obligations: Sequence[ObligationDue]) -> tuple[Obligation, ...]:
    """Obligations as an entry states them, each once, with the day in Ottawa."""
    return _stated(obligations) if type(obligations) is tuple else _as_stated(obligations)


def _as_stated(obligations: Sequence[ObligationDue]) -> tuple[Obligation, ...]:
    return tuple(
        dict.fromkeys(
            Obligation(item.code, item.due.astimezone(OTTAWA).date().isoformat() if item.due else None)
            for item in obligations
        )
    )


_stated: Final = Remembered(_as_stated)
