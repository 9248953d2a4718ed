"""The annual figures of an institution, and taking them out: on record first.

Invariants: every figure is counted from the projection of the log, and says how far that is; a published report
suppresses small numbers about people; an export is durable before anything is shown of it. Does not: word anything or
write a file.
"""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, Protocol

from audit.canonical import JsonValue
from gateway.domain.access_law import access_law
from gateway.domain.actor import Actor
from gateway.domain.due import legal_day
from gateway.domain.element import Catalogue
from gateway.domain.errors import GatewayError
from gateway.domain.party import Parties
from gateway.domain.submission import Receipt
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import Question
from gateway.service.projection.reading import Patterns, Rows
from gateway.service.projection.rows import Standing
from gateway.service.report.figures import DECIDED, Table, TimeToDecide, tables_of, time_to_decide
from gateway.service.report.period import Year, year_of
from gateway.service.review.coverage import AgreementUse, Coverage

Form = Literal["pdf", "csv"]
ACTION: Final = "report-exported"
EARLIEST: Final = 2000
_WAITED: Final = timedelta(days=120)
"""So long before the year a request may have been referred that is decided in it."""


class ReportError(GatewayError):
    """There is no such report. Names the member, never its value."""

    code = "report-year"


class Following(Protocol):
    async def standing(self) -> Standing:
        """Raises ProjectionError."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Of an agreement: data elements (by clause) that it permits, that were asked for, and that were used: left at
    least once. `outside`: elements asked for that no clause concerned has."""

    agreement: str
    title: Mapping[str, str]
    permitted: int
    asked: int
    used: int
    outside: int


@dataclass(frozen=True, slots=True)
class Report:
    """`until` is the last day counted, where the year is not over; `up_to` how far the projection had read."""

    institution: str
    year: Year
    until: date
    tables: tuple[Table, ...]
    decide: TimeToDecide
    collection: tuple[Collection, ...]
    up_to: int
    made: datetime

    @property
    def over(self) -> bool:
        return self.until == self.year.last


class Reporting:
    """The use case. `organizations` is the institution of each unit."""

    def __init__(
        self,
        patterns: Patterns,
        rows: Rows,
        following: Following,
        coverage: Coverage,
        parties: Parties,
        catalogue: Catalogue,
        log: DisclosureLog,
        clock: Clock,
    ) -> None:
        self._patterns = patterns
        self._rows = rows
        self._following = following
        self._coverage = coverage
        self._parties = parties
        self._catalogue = catalogue
        self._log = log
        self._clock = clock
        self._organizations = {str(name): str(unit.organization) for name, unit in parties.units.items()}

    async def years(self, institution: str) -> list[Year]:
        """The years that the log has something of, the newest first."""
        standing, now = await self._following.standing(), self._clock.now()
        year, oldest = self._year(institution, None), legal_day(standing.oldest or now)
        return [Year(year.law, begins) for begins in range(year.begins, year_of(year.law, oldest).begins - 1, -1)]

    async def of(self, institution: str, begins: int | None = None) -> Report:
        """The figures of the year that begins so; without, of the running one. Raises ReportError, ProjectionError."""
        year, now = self._year(institution, begins), self._clock.now()
        until = min(year.last, legal_day(now))
        if until < year.first:
            raise ReportError("year: it has not begun yet")
        standing = await self._following.standing()
        question = Question(first=year.first, last=until, institution=institution)
        sums = await self._patterns.patterns(question)
        hours = await asyncio.to_thread(lambda: list(self._hours(institution, year, until, standing.up_to)))
        uses = await self._coverage.of(first=year.first, last=until)
        return Report(
            institution,
            year,
            until,
            tables_of(sums, institution, self._organizations, self._catalogue),
            time_to_decide(hours),
            tuple(_collected(use) for use in uses if self._concerns(use, institution)),
            standing.up_to,
            now,
        )

    async def export(self, institution: str, begins: int | None, form: Form, *, actor: Actor) -> tuple[Report, Receipt]:
        """The figures, once taking them out is on record. Raises ReportError, ProjectionError, LogUnavailableError."""
        report = await self.of(institution, begins)
        details: dict[str, JsonValue] = {
            "institution": institution,
            "year": report.year.name,
            "format": form,
            "up_to": report.up_to,
        }
        submission = staff_submission(action=ACTION, actor=actor, now=self._clock.now(), details=details)
        return report, await put_on_record(self._log, submission, "the report")

    def _year(self, institution: str, begins: int | None) -> Year:
        units = [unit for unit in self._parties.units.values() if unit.organization == institution]
        law = next((found for unit in units if (found := access_law(unit)) is not None), None)
        today = legal_day(self._clock.now())
        year = year_of(law, today)
        if begins is None:
            return year
        if not EARLIEST <= begins <= year.begins:
            raise ReportError(f"year: the calendar year in which it begins, {EARLIEST} to {year.begins}")
        return Year(law, begins)

    def _hours(self, institution: str, year: Year, until: date, up_to: int) -> Iterator[float]:
        """How long each request waited that somebody of the institution decided in the year."""
        opened: dict[int, datetime] = {}
        asked = Question({Column.KIND: ("referral",)}, year.first - _WAITED, until, institution)
        for rows in self._rows.rows(asked, up_to):
            opened.update({row.entry_index: row.at for row in rows})
        deciding = Question({Column.REASON: DECIDED[:3]}, year.first, until, institution)
        for rows in self._rows.rows(deciding, up_to):
            for row in rows:
                begun = opened.get(-1 if row.refers_to is None else row.refers_to)
                if begun is not None and row.requester_organization == institution:
                    yield (row.at - begun).total_seconds() / 3600

    def _concerns(self, use: AgreementUse, institution: str) -> bool:
        of = self._organizations.get
        return any(
            institution in (of(clause.custodian), *(of(unit) for unit in clause.recipients)) for clause in use.clauses
        )


def _collected(use: AgreementUse) -> Collection:
    elements = [found for clause in use.clauses for found in clause.elements.values()]
    return Collection(
        use.agreement,
        use.title,
        len(elements),
        sum(one.asked > 0 for one in elements),
        sum(one.permitted > 0 for one in elements),
        len(use.outside),
    )
