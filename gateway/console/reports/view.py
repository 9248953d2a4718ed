"""The annual figures as a page, and as files that leave small numbers out, once taking them out is on record.

Invariant: the page and the files are made of one sheet. Does not: count or suppress (`gateway.service.report`).
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from gateway.console.authorization import own
from gateway.console.entries.chart import COLOURS, OUTCOMES, chart_of, drawn
from gateway.console.entries.words import WORDS as LOG_WORDS
from gateway.console.layout import words as layout
from gateway.console.layout.errors import error_words
from gateway.console.reports.words import WORDS
from gateway.console.topic import Topic, act, show
from gateway.console.visit import Problem, Visit
from gateway.console.wording import Wording
from gateway.domain.actor import Role
from gateway.staff.asking import StaffCallError

READERS: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR)
_KINDS: Final = {"pdf": "application/pdf", "csv": "text/csv"}


async def report(visit: Visit) -> Response:
    """The figures of a year."""
    try:
        found = await visit.call("report.show", year=_year(visit))
    except StaffCallError as error:
        if error.code != "report-year":
            raise
        found = await visit.call("report.show")
        visit = visit.with_problems(*visit.problems, Problem(str(visit.words("no-year"))))
    where = {"kind": list(OUTCOMES)}
    days = {"first": found["first"], "last": found["last"], "institution": found["institution"]}
    groups = (await visit.call("projection.group", columns=["month", "kind"], where=where, **days))["groups"]
    chart, said = chart_of("month", groups), Wording(visit.lang, LOG_WORDS, layout.WORDS)
    return visit.page(
        "report.html",
        found=found,
        sheet=found["sheets"][visit.lang],
        chart=chart,
        drawn=drawn(chart, said) if chart else None,
        log=said,
        colours=COLOURS,
        outcomes=OUTCOMES,
    )


async def export(visit: Visit) -> Response:
    """A file, once that is on record."""
    form = visit.typed.get("form")
    if form not in _KINDS:
        return await report(visit.with_problems(Problem(str(visit.words("which-file")))))
    try:
        made = await visit.call("report.export", form=form, year=_year(visit))
        sheet: Mapping[str, Any] = made["sheets"][visit.lang]
        content = await asyncio.to_thread(getattr(visit.room.report_files, form), sheet)
    except StaffCallError as error:
        return await report(visit.with_problems(Problem(error_words(error.code, str(error), visit.lang))))
    except visit.room.report_files.unavailable:
        return await report(visit.with_problems(Problem(str(visit.words("no-pdf")))))
    return visit.send(content, _KINDS[form], f"figures-{made['institution']}-{made['name']}-{visit.lang}.{form}")


def _year(visit: Visit) -> int | None:
    asked = visit.typed.get("year") or visit.asked("year")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None


REPORTS: Final = Topic(
    "reports",
    WORDS,
    (
        show("/reports", report, own(*READERS)),
        act("/reports/export", export, own(*READERS), shows=report),
    ),
    menu="/reports",
    group="oversight",
)
