"""What a verification found, in words for an auditor and in codes for a program.

Invariant: a report is good only without findings; messages name positions and members, never values.
Does not: verify anything itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MAX_FINDINGS: Final = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `index` is the entry concerned, where there is one."""

    code: str
    message: str
    index: int | None = None

    def __str__(self) -> str:
        where = "" if self.index is None else f"entry {self.index}: "
        return f"{where}{self.message} [{self.code}]"


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome: findings (the first hundred), how many there were in all, and facts worth showing."""

    findings: tuple[Finding, ...]
    total_findings: int
    facts: Mapping[str, Any]

    @property
    def ok(self) -> bool:
        """Whether the evidence holds."""
        return self.total_findings == 0

    def to_dict(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        found = [{"code": one.code, "message": one.message, "index": one.index} for one in self.findings]
        return {"ok": self.ok, "total_findings": self.total_findings, "findings": found, **self.facts}


@dataclass(slots=True)
class Findings:
    """Collects findings, keeping the first hundred and counting the rest."""

    kept: list[Finding] = field(default_factory=list)
    total: int = 0

    def add(self, code: str, message: str, index: int | None = None) -> None:
        """Record one finding."""
        self.total += 1
        if len(self.kept) < MAX_FINDINGS:
            self.kept.append(Finding(code, message, index))

    def report(self, **facts: Any) -> Report:
        """Return the report of what was found so far."""
        return Report(tuple(self.kept), self.total, facts)
