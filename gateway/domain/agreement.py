"""Information sharing agreements: a version of one, its term, and what the decision needs of it.

The text of an agreement is data (`agreements/isa/*.yaml`); this module holds only what the gateway itself must
understand: which version is in force when, and which schedules a request could concern. The rules on clauses are
Rego. Effective periods are half-open `[from, until)` dates in UTC.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class AgreementVersion:
    """One immutable version. `digest` is the SHA-256 (hex) of its canonical JSON; `document` is the whole agreement
    as data, `schedules` the part a decision reads, by purpose."""

    id: str
    version: int
    digest: str
    effective: date
    expiry: date
    status: str
    parties: tuple[str, ...]
    document: Mapping[str, Any]

    def schedules_for(self, purpose: str) -> Sequence[Mapping[str, Any]]:
        """The schedules written for a purpose code; an agreement has at most one schedule per purpose."""
        schedules: Sequence[Mapping[str, Any]] = self.document["schedules"]
        return [schedule for schedule in schedules if schedule["purpose"] == purpose]

    @property
    def purposes(self) -> frozenset[str]:
        return frozenset(schedule["purpose"] for schedule in self.document["schedules"])
