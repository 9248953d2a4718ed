"""The year that an institution reports on, by the law it is under.

Federal: the financial year, 1 April to 31 March (Financial Administration Act s.2), for the report to Parliament under
the Privacy Act s.72. Ontario: the calendar year, for the statistics that a head sends the Information and Privacy
Commissioner (FIPPA s.34, MFIPPA s.26). Who is under none of them has the calendar year.
Does not: count.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from gateway.domain.access_law import AccessLaw

FEDERAL = "privacy-act"


@dataclass(frozen=True, slots=True)
class Year:
    """`first` and `last` are days in Ottawa, both included; `begins` is the calendar year it begins in."""

    law: AccessLaw | None
    begins: int

    @property
    def first(self) -> date:
        return date(self.begins, 4 if self.law == FEDERAL else 1, 1)

    @property
    def last(self) -> date:
        follows = Year(self.law, self.begins + 1)
        return follows.first - timedelta(days=1)

    @property
    def name(self) -> str:
        """As it is called: 2026-2027, or 2026."""
        return f"{self.begins}-{self.begins + 1}" if self.law == FEDERAL else str(self.begins)


def year_of(law: AccessLaw | None, day: date) -> Year:
    """The year that a day is in."""
    return Year(law, day.year - 1 if law == FEDERAL and day.month < 4 else day.year)
