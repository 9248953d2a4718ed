"""The staff calls about the monthly sample: list, show, review. JSON in, JSON out.

Invariant: an officer sees the samples of their own institution, an auditor those of any. Does not: draw, or print.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol

from gateway.domain.actor import Actor
from gateway.service.flags.sampling import Sample
from gateway.service.flags.words import REVIEWED
from gateway.service.words.sentences import BOTH
from gateway.staff.flag_calls import institution_of
from gateway.staff.looking_back_desk import LookingBackDesk

Json = Any


class SampleDesk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def looking_back(self) -> LookingBackDesk: ...

    @property
    def organizations(self) -> Mapping[str, str]: ...


async def sample_list(desk: SampleDesk, actor: Actor, *, institution: str | None = None) -> Json:
    """The samples of the last months, the newest first."""
    found = await desk.looking_back.sampling.all(institution_of(desk, actor, institution))
    return {"samples": [_told(one) for one in found]}


async def sample_show(desk: SampleDesk, actor: Actor, *, month: str, institution: str | None = None) -> Json:
    """One sample with its entries, and what was found."""
    of = institution_of(desk, actor, institution)
    found = await desk.looking_back.sampling.of(of, month)
    entries = [
        {
            "entry_index": one.entry_index,
            "outcome": one.outcome,
            "outcomes": None if one.outcome is None else {lang: REVIEWED[lang][one.outcome] for lang in BOTH},
            "reviewed": one.reviewed,
            "said": await desk.looking_back.sampling.words_of(one),
        }
        for one in found.entries
    ]
    return {**_told(found), "entries": entries}


async def sample_review(desk: SampleDesk, actor: Actor, *, month: str, entry: int, outcome: str, words: str) -> Json:
    """Review one entry; the entry that says so."""
    of = institution_of(desk, actor, None)
    receipt = await desk.looking_back.sampling.review(of, month, entry, outcome=outcome, words=words, actor=actor)
    return {"entry": entry, "entry_index": receipt.entry_index}


def _told(one: Sample) -> dict[str, Any]:
    return {
        "month": one.month,
        "institution": one.institution,
        "drawn": len(one.entries),
        "waiting": one.waiting,
        "of": one.of,
        "size": one.size,
        "root": one.root,
        "due": one.due.isoformat(),
        "overdue": one.overdue,
    }


SAMPLE_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "sample.list": sample_list,
    "sample.show": sample_show,
    "sample.review": sample_review,
}
