"""The staff calls that read the log by its projection: counts, groups, pages, export, coverage. JSON in, JSON out.

Invariant: an answer says up to which entry it holds and how many seconds the projection is behind; nothing in it names
a person. An officer reads the entries of their own institution alone, an auditor those of all, and whoever works on
agreements counts those of all. Does not: write a file (the command or the console does, once the export is on record),
or print.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Protocol, cast, get_args

from audit.errors import EntryError
from audit.vocabulary import format_time
from gateway.domain.actor import Actor, Role
from gateway.service.projection.exporting import Format
from gateway.service.projection.questions import USUAL_GROUPS, USUAL_PAGE, Question, grouping
from gateway.service.projection.rows import Standing
from gateway.service.review.coverage import LONG_ENOUGH, AgreementUse, ClauseUse, Suggestion
from gateway.staff.authorization import UnitUnknownError
from gateway.staff.projection_desk import ProjectionDesk
from gateway.staff.reading import ArgumentError, day_of

Json = Any
Where = Mapping[str, Sequence[str]]
FORMATS: Final = get_args(Format)
_EVERY: Final[Where] = {}
_READS_ALL: Final = frozenset({Role.AUDITOR})
_COUNTS_ALL: Final = _READS_ALL | {Role.POLICY_EDITOR, Role.POLICY_APPROVER, Role.POLICY_PUBLISHER}


class Desk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def projection(self) -> ProjectionDesk: ...

    @property
    def organizations(self) -> Mapping[str, str]: ...


async def projection_status(desk: Desk, actor: Actor) -> Json:
    """How far the projection is, and whether this process keeps it up with the log."""
    return _standing(desk, await desk.projection.follower.standing())


async def projection_rebuild(desk: Desk, actor: Actor) -> Json:
    """Begin anew from the first entry; whoever follows goes on from there."""
    return _standing(desk, await desk.projection.follower.rebuild())


async def projection_count(
    desk: Desk,
    actor: Actor,
    *,
    where: Where = _EVERY,
    first: str | None = None,
    last: str | None = None,
    institution: str | None = None,
) -> Json:
    """How many entries, and how many records they disclosed."""
    found = await desk.projection.reading.count(
        _question(where, first, last, _within(desk, actor, institution, _COUNTS_ALL))
    )
    return {"entries": found.entries, "records": found.records, **await _how_far(desk, found.up_to)}


async def projection_group(
    desk: Desk,
    actor: Actor,
    *,
    columns: Sequence[str],
    where: Where = _EVERY,
    first: str | None = None,
    last: str | None = None,
    institution: str | None = None,
    limit: int = USUAL_GROUPS,
) -> Json:
    """Entries by one or two columns: the values of a column are its groups."""
    question = _question(where, first, last, _within(desk, actor, institution, _COUNTS_ALL))
    found = await desk.projection.reading.group(question, grouping(columns), limit=limit)
    groups = [
        {
            "values": list(group.values),
            "entries": group.entries,
            "records": group.records,
            "last": format_time(group.last),
            "last_index": group.last_index,
        }
        for group in found.groups
    ]
    return {"columns": list(columns), "groups": groups, "left_off": found.left_off, **await _how_far(desk, found.up_to)}


async def projection_page(
    desk: Desk,
    actor: Actor,
    *,
    where: Where = _EVERY,
    first: str | None = None,
    last: str | None = None,
    institution: str | None = None,
    before: int | None = None,
    limit: int = USUAL_PAGE,
) -> Json:
    """Entries newest first; `before` of the answer asks for the next page."""
    question = _question(where, first, last, _within(desk, actor, institution, _READS_ALL))
    found = await desk.projection.reading.page(question, before=before, limit=limit)
    rows = [row.as_json() for row in found.rows]
    return {"rows": rows, "before": found.before, **await _how_far(desk, found.up_to)}


async def projection_export(
    desk: Desk,
    actor: Actor,
    *,
    form: str,
    where: Where = _EVERY,
    first: str | None = None,
    last: str | None = None,
    institution: str | None = None,
) -> Json:
    """Put an export on record; then the rows of entries below `up_to` may be written."""
    if form not in FORMATS:
        raise ArgumentError(f"format: one of {', '.join(FORMATS)}")
    question = _question(where, first, last, _within(desk, actor, institution, _READS_ALL))
    try:
        made = await desk.projection.exporting.begin(question, cast(Format, form), actor=actor)
    except EntryError:
        raise ArgumentError("--unit: write a code, such as esdc-isb") from None
    return {
        "entry_index": made.receipt.entry_index,
        "rows": made.rows,
        "up_to": made.up_to,
        "question": question.as_json(),
    }


async def agreements_coverage(
    desk: Desk, actor: Actor, *, agreement: str | None = None, since: str | None = None, until: str | None = None
) -> Json:
    """How agreements in force were used between two days, and what that suggests."""
    first = None if since is None else day_of(since, "since")
    last = None if until is None else day_of(until, "until")
    found = await desk.projection.coverage.of(agreement, first=first, last=last)
    standing = await desk.projection.follower.standing()
    return {"agreements": [_agreement(use) for use in found], **_lag(standing, standing.up_to)}


PROJECTION_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "projection.status": projection_status,
    "projection.rebuild": projection_rebuild,
    "projection.count": projection_count,
    "projection.group": projection_group,
    "projection.page": projection_page,
    "projection.export": projection_export,
    "agreements.coverage": agreements_coverage,
}


def _within(desk: Desk, actor: Actor, institution: str | None, roles: frozenset[Role]) -> str | None:
    """The institution that a question is kept to. Raises UnitUnknownError, ArgumentError."""
    if roles & actor.roles:
        return institution
    own = desk.organizations.get(actor.unit)
    if own is None:
        raise UnitUnknownError
    if institution not in (None, own):
        raise ArgumentError("institution: your roles let you read the entries of your own institution alone")
    return own


def _question(where: Where, first: str | None, last: str | None, institution: str | None) -> Question:
    return Question.from_json({"where": where, "first": first, "last": last, "institution": institution})


async def _how_far(desk: Desk, up_to: int) -> dict[str, Json]:
    return _lag(await desk.projection.follower.standing(), up_to)


def _lag(standing: Standing, up_to: int) -> dict[str, Json]:
    return {"up_to": up_to, "lag_seconds": round(standing.lag_seconds, 1)}


def _standing(desk: Desk, standing: Standing) -> Json:
    return {**standing.as_json(), "following": desk.projection.following}


def _agreement(one: AgreementUse) -> Json:
    return {
        "agreement": one.agreement,
        "version": one.version,
        "digest": one.digest,
        "title": dict(one.title),
        "days": one.days,
        "early": one.early,
        "long_enough": LONG_ENOUGH,
        "use": one.use.as_json(),
        "clauses": [_clause(clause) for clause in one.clauses],
        "outside": {element: use.as_json() for element, use in one.outside.items()},
        "suggestions": [_suggestion(suggestion) for suggestion in one.suggestions],
    }


def _clause(one: ClauseUse) -> Json:
    return {
        "clause": one.clause,
        "purpose": one.purpose,
        "record_type": one.record_type,
        "custodian": one.custodian,
        "recipients": list(one.recipients),
        "use": one.use.as_json(),
        "elements": {element: use.as_json() for element, use in one.elements.items()},
    }


def _suggestion(one: Suggestion) -> Json:
    return {
        "what": one.what.value,
        "clause": one.clause,
        "element": one.element,
        "unit": one.unit,
        "reason": one.reason,
        "times": one.times,
    }
