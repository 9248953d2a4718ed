"""The staff calls about annual figures: which years, show, take out. JSON in, JSON out.

Invariant: what is shown has every count, for the institution alone (and an auditor); what is taken out is on record
first and has no small number about people. Does not: make a PDF or a CSV (the command or the console does).
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol, cast, get_args

from gateway.domain.actor import Actor
from gateway.service.report.reporting import Form, Report
from gateway.service.report.sheet import sheet_of
from gateway.service.words.sentences import BOTH
from gateway.staff.code_names import log_names
from gateway.staff.flag_calls import institution_of
from gateway.staff.looking_back_desk import LookingBackDesk
from gateway.staff.projection_desk import ProjectionDesk
from gateway.staff.reading import ArgumentError
from gateway.staff.reading_calls import ReadingDesk

Json = Any
FORMS: Final = get_args(Form)


class ReportDesk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def looking_back(self) -> LookingBackDesk: ...

    @property
    def organizations(self) -> Mapping[str, str]: ...

    @property
    def reading(self) -> ReadingDesk: ...

    @property
    def projection(self) -> ProjectionDesk: ...


async def report_show(
    desk: ReportDesk, actor: Actor, *, year: int | None = None, institution: str | None = None
) -> Json:
    """The figures of the year that begins so, or of the one that runs, in both languages; and which years there are."""
    of = institution_of(desk, actor, institution)
    report = await desk.looking_back.reporting.of(of, year)
    years = await desk.looking_back.reporting.years(of)
    told = await _told(desk, actor, report, public=False)
    return {**told, "years": [{"begins": one.begins, "name": one.name} for one in years]}


async def report_export(
    desk: ReportDesk, actor: Actor, *, form: str, year: int | None = None, institution: str | None = None
) -> Json:
    """The figures as they may be published, once that is on record."""
    if form not in FORMS:
        raise ArgumentError(f"format: one of {', '.join(FORMS)}")
    of = institution_of(desk, actor, institution)
    report, receipt = await desk.looking_back.reporting.export(of, year, cast(Form, form), actor=actor)
    return {**await _told(desk, actor, report, public=True), "entry_index": receipt.entry_index}


async def _told(desk: ReportDesk, actor: Actor, report: Report, *, public: bool) -> dict[str, Any]:
    names = await log_names(desk, actor)
    return {
        "institution": report.institution,
        "begins": report.year.begins,
        "name": report.year.name,
        "first": report.year.first.isoformat(),
        "last": report.until.isoformat(),
        "over": report.over,
        "up_to": report.up_to,
        "sheets": {lang: sheet_of(report, names, lang, public=public) for lang in BOTH},
    }


REPORT_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "report.show": report_show,
    "report.export": report_export,
}
