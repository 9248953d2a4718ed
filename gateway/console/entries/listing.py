"""The log's page: entries newest first with names instead of codes, filtered by the address; new ones announced; and
taken out as a file, which is an act on record.

Invariants: an officer sees entries that their own institution had a part in, an auditor all; nothing here names a
person. The page is of the projection and says how far that is. Does not: hold a rule of what is on record.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, Protocol

from starlette.responses import Response, StreamingResponse

from gateway.console.entries.chart import COLOURS, OUTCOMES, chart_of, drawn, period_for
from gateway.console.entries.filters import COLUMNS, INSTITUTION, Filters, read_filters
from gateway.console.entries.naming import Names, chips, options, views
from gateway.console.layout.errors import error_words
from gateway.console.protection.headers import page_headers
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.actor import Role
from gateway.domain.due import OTTAWA
from gateway.staff.asking import StaffCallError

LISTING: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR)
EXPORTING: Final = (Role.PRIVACY_OFFICER, Role.AUDITOR)
SHOWN: Final = 50
BATCH: Final = 1_000
MOST_PARQUET: Final = 200_000
FAR_BEHIND: Final = 30.0
"""In seconds; what is newer follows by itself."""
_KINDS: Final = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


class Asking(Protocol):
    """Filters of a page."""

    def arguments(self) -> dict[str, Any]:
        """For the calls on the projection."""


async def log(visit: Visit) -> Response:
    """The list, and opening an entry by its number."""
    size = (await visit.call("log.standing"))["size"]
    if not visit.has_role(*LISTING):
        return visit.page("log.html", size=size, list=None, unavailable=False)
    filters, wrong = asked_filters(visit)
    if _is_spelled_otherwise(visit, filters) and not wrong:
        return visit.go(f"/log{filters.query()}")
    if wrong:
        problems = [Problem(str(visit.words(key)), field) for key, field in wrong]
        visit = visit.with_problems(*visit.problems, *problems)
    try:
        found = await _found(visit, filters)
    except StaffCallError as error:
        if error.code != "projection-unavailable":
            raise
        return visit.page("log.html", size=size, list=None, unavailable=True)
    return visit.page("log.html", size=size, list=found, unavailable=False)


async def news(visit: Visit) -> Response:
    """What the page asks for by itself: whether there is something newer. Without a word where there is not."""
    filters, wrong = asked_filters(visit)
    known, newer = visit.asked("known"), 0
    if not wrong and known.isdecimal() and known.isascii() and len(known) <= 15:
        newer = (await visit.call("projection.count", **filters.arguments()))["entries"] - int(known)
    said = str(visit.words("newer-entries", count=newer)) if newer > 0 else ""
    return visit.send(json.dumps({"said": said}).encode(), "application/json", "news.json")


async def export(visit: Visit) -> Response:
    """The rows that the filters leave, once that is on record."""
    form, (filters, wrong) = visit.typed.get("form"), asked_filters(visit)
    if form not in _KINDS or wrong:
        return await log(visit.with_problems(Problem(str(visit.words("export-wrong")))))
    if form == "parquet":
        count = (await visit.call("projection.count", **filters.arguments()))["entries"]
        if count > MOST_PARQUET:
            return await log(visit.with_problems(Problem(str(visit.words("parquet-long", count=MOST_PARQUET)))))
    try:
        made = await visit.call("projection.export", form=form, **filters.arguments())
    except StaffCallError as error:
        return await log(visit.with_problems(Problem(error_words(error.code, str(error), visit.lang, error.facts))))
    name = f"log-{made['entry_index']}.{form}"
    rows = batches(visit, filters, made["up_to"])
    if form == "parquet":
        content = await asyncio.to_thread(visit.room.row_files.parquet, [batch async for batch in rows])
        return visit.send(content, _KINDS[form], name)
    headers = page_headers(visit.nonce, https=visit.room.https)
    headers |= {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(csv_rows(visit, rows), media_type=_KINDS[form], headers=headers)


def asked_filters(visit: Visit) -> tuple[Filters, list[tuple[str, str]]]:
    """Of the address, or of the form that asks for a file."""
    own = None if visit.has_role(Role.AUDITOR) else visit.room.units.organization(visit.actor.unit)
    if own is None and not visit.has_role(Role.AUDITOR):
        raise NotHereError
    pairs = visit.typed.pairs() if visit.typed.get("form") else visit.request.query_params.multi_items()
    return read_filters(pairs, own)


def _is_spelled_otherwise(visit: Visit, filters: Filters) -> bool:
    """A form sends what was left empty too; the address that is kept has none of it."""
    said = [pair for pair in visit.request.query_params.multi_items() if pair[0] in _MEMBERS]
    return visit.request.method == "GET" and sorted(said) != sorted(filters.pairs())


_MEMBERS: Final = frozenset({*COLUMNS, "from", "to", INSTITUTION})


async def _found(visit: Visit, filters: Filters) -> Mapping[str, Any]:
    """Everything that the page shows of the projection."""
    asked, before = filters.arguments(), visit.asked("before")
    at = int(before) if before.isascii() and before.isdecimal() and len(before) <= 15 else None
    within = {"institution": asked["institution"]}
    names, status, count, page, elements, clauses = await asyncio.gather(
        visit.call("log.names"),
        visit.call("projection.status"),
        visit.call("projection.count", **asked),
        visit.call("projection.page", before=at, limit=SHOWN, **asked),
        visit.call("projection.group", columns=["record-type", "element"], **within),
        visit.call("projection.group", columns=["clause"], **within),
    )
    called = Names(names, visit.words)
    period, chart = await _chart(visit, filters, status) if count["entries"] else ("", None)
    return {
        "filters": filters,
        "names": called,
        "chips": chips(filters, called),
        "views": views(filters, called),
        "options": options(filters, called, visit, elements["groups"], clauses["groups"]),
        "status": status,
        "late": status["behind"] > 0 and status["lag_seconds"] > FAR_BEHIND,
        "count": count,
        "rows": page["rows"],
        "before": page["before"],
        "continued": at is not None,
        "at": at,
        "chart": chart,
        "colours": COLOURS,
        "outcomes": OUTCOMES,
        "drawn": drawn(chart, visit.words) if chart else None,
        "period": period,
        "exports": visit.has_role(*EXPORTING),
    }


async def _chart(visit: Visit, filters: Filters, status: Mapping[str, Any]) -> tuple[str, Any]:
    kinds = [kind for kind in OUTCOMES if kind in filters.chosen.get("outcome", OUTCOMES)]
    if not kinds or not status["oldest"]:
        return "", None
    oldest, newest = (_ottawa(status[name]) for name in ("oldest", "newest"))
    first, last = max(filters.first or oldest, oldest), min(filters.last or newest, newest)
    period, asked = period_for(first, last), filters.arguments()
    asked["where"] = {**asked["where"], "kind": kinds}
    return period, chart_of(period, (await visit.call("projection.group", columns=[period, "kind"], **asked))["groups"])


def _ottawa(time: str) -> date:
    return datetime.fromisoformat(time).astimezone(OTTAWA).date()


async def batches(visit: Visit, filters: Asking, up_to: int) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
    """The rows of entries below `up_to`, newest first."""
    before: int | None = up_to
    while before is not None:
        page = await visit.call("projection.page", before=before, limit=BATCH, **filters.arguments())
        before = page["before"]
        yield page["rows"]


async def csv_rows(visit: Visit, rows: AsyncIterator[Sequence[Mapping[str, Any]]]) -> AsyncIterator[bytes]:
    """Row files as a download sends them."""
    yield visit.room.row_files.csv([], headings=True)
    async for batch in rows:
        yield visit.room.row_files.csv(batch, headings=False)
