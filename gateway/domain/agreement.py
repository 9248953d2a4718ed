"""Information sharing agreements: one immutable, content-addressed version, and what the decision reads of it.

The text of an agreement is data (`agreements/isa/*.yaml`); the rules on clauses are Rego. This module only finds the
schedules a request could concern. Effective periods are half-open `[from, until)` days in the zone that
the term states.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from gateway.domain.due import OTTAWA, legal_day
from gateway.domain.rulebook import AgreementStanding


@dataclass(frozen=True, slots=True)
class AgreementVersion:
    """One version. `digest` is the SHA-256 of its canonical JSON in base64url without padding (43 characters);
    `document` is the whole agreement as data, `standing` what staff decided about it since."""

    id: str
    version: str
    digest: str
    effective: date
    expiry: date
    parties: tuple[str, ...]
    document: Mapping[str, Any]
    time_zone: str = OTTAWA.key
    standing: AgreementStanding = AgreementStanding.IN_FORCE

    def schedules_for(self, purpose: str) -> Sequence[Mapping[str, Any]]:
        """The schedules written for a purpose code; an agreement has at most one schedule per purpose."""
        schedules: Sequence[Mapping[str, Any]] = self.document["schedules"]
        return [schedule for schedule in schedules if schedule["purpose"] == purpose]

    def day(self, at: datetime) -> date:
        """The day in the zone of the term at `at` (aware). A version from before terms stated one counts in Ottawa."""
        return legal_day(at) if self.time_zone == OTTAWA.key else at.astimezone(ZoneInfo(self.time_zone)).date()

    def begins(self, day: date) -> datetime:
        """The start of a day in the zone of the term, in UTC."""
        return datetime.combine(day, time(), ZoneInfo(self.time_zone)).astimezone(UTC)

    def in_force(self, on: date) -> bool:
        """Whether the term counts on a day of its zone; for help only, `policies/agreement_in_force` decides."""
        return self.standing_on(on)[0] == AgreementStanding.IN_FORCE

    def standing_on(self, on: date) -> tuple[str, str | None]:
        """What staff decided, or what the term makes of a day of its zone, and since which day where the term says that
        it is suspended or terminated: `in-force`, `not-yet-in-force`, `suspended`, `terminated` or `expired`."""
        term, day = self.document["term"], on.isoformat()
        if self.standing is not AgreementStanding.IN_FORCE:
            return self.standing.value, None
        if term["termination"] is not None and term["termination"] <= day:
            return "terminated", term["termination"]
        if on < self.effective:
            return "not-yet-in-force", None
        if on >= self.expiry:
            return "expired", None
        for period in term["suspensions"]:
            if period["from"] <= day and (period["until"] is None or day < period["until"]):
                return "suspended", period["from"]
        return "in-force", None

    @property
    def purposes(self) -> frozenset[str]:
        return frozenset(schedule["purpose"] for schedule in self.document["schedules"])
