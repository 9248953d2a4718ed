"""The staff calls that read the rulebook: check it, what is due, how two versions differ. JSON in, JSON out.

Each gives codes for programs and words of both languages for people. Does not: change anything, or print.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol

from gateway.domain.actor import Actor
from gateway.service.review.reviewing import Reviewing
from gateway.service.review.rows import agenda_rows, comparison_row, finding_rows, shown_row

Json = Any


class ReviewDesk(Protocol):
    @property
    def reviewing(self) -> Reviewing: ...


class DeskWithReview(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def rulebook(self) -> ReviewDesk: ...


async def agreement_check(desk: DeskWithReview, actor: Actor, *, draft: str | None = None) -> Json:
    """What is wrong with the rulebook in force, or with it and a draft, and what will be."""
    reviewing = desk.rulebook.reviewing
    documents = None if draft is None else await reviewing.documents_of(draft)
    return finding_rows(await reviewing.check(draft), documents)


async def agreement_agenda(desk: DeskWithReview, actor: Actor, *, days: int = 90) -> Json:
    """What needs somebody in so many days, by date, and the drafts that go into force by themselves."""
    items, words = await desk.rulebook.reviewing.agenda(days)
    return agenda_rows(items, words, await desk.rulebook.reviewing.scheduled(days))


async def agreement_diff(desk: DeskWithReview, actor: Actor, *, new: str, old: str | None = None) -> Json:
    """How a version differs from another: an agreement in force, a digest, or DRAFT/AGREEMENT. Without `old`, from what
    is in force under its id, or from nothing where it is a new agreement."""
    comparison, before, after, words = await desk.rulebook.reviewing.compare(old, new)
    return comparison_row(comparison, before, after, words)


async def agreement_show(desk: DeskWithReview, actor: Actor, *, agreement: str) -> Json:
    """An agreement in plain words, and where it was read: in force, by its digest, DRAFT/AGREEMENT, or all of DRAFT."""
    versions, words, read = await desk.rulebook.reviewing.shown(agreement)
    return {"read": dict(read), "agreements": [shown_row(version, words) for version in versions]}


AGREEMENT_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "agreement.check": agreement_check,
    "agreement.agenda": agreement_agenda,
    "agreement.diff": agreement_diff,
    "agreement.show": agreement_show,
}
