"""Information sharing agreements: one immutable, content-addressed version, and what the decision reads of it.

The text of an agreement is data (`agreements/isa/*.yaml`); the rules on clauses are Rego. This module only finds the
schedules a request could concern. Effective periods are half-open `[from, until)` days in the zone that
the term states.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gateway.domain.due import OTTAWA, legal_day


@dataclass(frozen=True, slots=True)
class AgreementVersion:
    """One version. `digest` is the SHA-256 of its canonical JSON in base64url without padding (43 characters);
    `document` is the whole agreement as data."""

    id: str
    version: str
    digest: str
    effective: date
    expiry: date
    parties: tuple[str, ...]
    document: Mapping[str, Any]
    time_zone: str = OTTAWA.key

    def schedules_for(self, purpose: str) -> Sequence[Mapping[str, Any]]:
        """The schedules written for a purpose code; an agreement has at most one schedule per purpose."""
        schedules: Sequence[Mapping[str, Any]] = self.document["schedules"]
        return [schedule for schedule in schedules if schedule["purpose"] == purpose]

    def day(self, at: datetime) -> date:
        """The day in the zone of the term at `at` (aware). A version from before terms stated one counts in Ottawa."""
        return legal_day(at) if self.time_zone == OTTAWA.key else at.astimezone(ZoneInfo(self.time_zone)).date()

    def in_force(self, on: date) -> bool:
        """Whether the term counts on a day of its zone; for help only, `policies/agreement_in_force` decides."""
        term, day = self.document["term"], on.isoformat()
        ended = term["termination"] is not None and term["termination"] <= day
        suspended = any(
            period["from"] <= day and (period["until"] is None or day < period["until"])
            for period in term["suspensions"]
        )
        return self.effective <= on < self.expiry and not ended and not suspended

    @property
    def purposes(self) -> frozenset[str]:
        return frozenset(schedule["purpose"] for schedule in self.document["schedules"])
