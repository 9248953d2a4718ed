"""The staff calls about drafts of the rulebook and the standing of agreements. JSON in, JSON out.

Does not: decide who may do what (`gateway.staff.authorization`), or print.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.domain.agreement import AgreementVersion
from gateway.domain.draft import Draft
from gateway.domain.rulebook import AgreementStanding, RulebookState
from gateway.domain.submission import Receipt
from gateway.service.review.rows import version_row
from gateway.service.rulebook.drafts import USUAL, Drafts
from gateway.service.rulebook.errors import DraftError
from gateway.staff.rulebook_desk import RulebookDesk

Json = Any


class DeskWithRulebook(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def rulebook(self) -> RulebookDesk: ...


async def draft_list(desk: DeskWithRulebook, actor: Actor, *, every: bool = False, limit: int = USUAL) -> Json:
    """Open drafts, oldest first; with `every`, those published and withdrawn too."""
    return [draft_row(draft) for draft in await desk.rulebook.drafts.list(every=every, limit=limit)]


async def draft_show(desk: DeskWithRulebook, actor: Actor, *, draft: str) -> Json:
    """A draft with its documents as they are and as they would be, and the faults of the whole."""
    found = await desk.rulebook.drafts.find(draft)
    drafts = desk.rulebook.drafts
    read = await drafts.read(found)
    now, drafted = await asyncio.to_thread(lambda: (_texts(drafts, found.base), _texts(drafts, found.files)))
    documents = [{"path": path, "now": now[path], "drafted": drafted[path]} for path in sorted(found.files)]
    return {
        **draft_row(found),
        "documents": documents,
        "faults": [str(fault) for fault in read.faults],
        "fault_texts": [fault.as_json() for fault in read.faults],
    }


async def draft_open(desk: DeskWithRulebook, actor: Actor, *, files: Mapping[str, str | None]) -> Json:
    """Open a draft that changes these documents, by path; null takes one away."""
    return draft_row(await desk.rulebook.drafts.open(actor, _bytes(files)))


async def draft_save(
    desk: DeskWithRulebook, actor: Actor, *, draft: str, revision: int, files: Mapping[str, str | None]
) -> Json:
    """Save documents into a draft that is at this revision."""
    return draft_row(await desk.rulebook.drafts.save(actor, draft, revision, _bytes(files)))


async def draft_submit(desk: DeskWithRulebook, actor: Actor, *, draft: str, revision: int) -> Json:
    """Give a draft to review."""
    return draft_row(await desk.rulebook.drafts.submit(actor, draft, revision))


async def draft_approve(desk: DeskWithRulebook, actor: Actor, *, draft: str, digest: str, office: str = "") -> Json:
    """Approve exactly what has this digest."""
    return draft_row(await desk.rulebook.drafts.approve(actor, draft, digest, office))


async def draft_withdraw(desk: DeskWithRulebook, actor: Actor, *, draft: str, revision: int) -> Json:
    """End a draft without publishing it."""
    return draft_row(await desk.rulebook.drafts.withdraw(actor, draft, revision))


async def draft_publish(desk: DeskWithRulebook, actor: Actor, *, draft: str, digest: str) -> Json:
    """Put an approved draft in force now."""
    receipt = await desk.rulebook.publishing.publish(actor, draft, digest)
    return {"draft": draft, "entry_index": receipt.entry_index}


async def draft_schedule(desk: DeskWithRulebook, actor: Actor, *, draft: str, digest: str, at: str) -> Json:
    """Have an approved draft put in force at a time (RFC 3339)."""
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        when = None
    if when is None or when.tzinfo is None:
        raise DraftError("time")
    return draft_row(await desk.rulebook.publishing.schedule(actor, draft, digest, when.astimezone(UTC)))


async def agreement_list(desk: DeskWithRulebook, actor: Actor) -> Json:
    """Every agreement of the rulebook in force, with its standing."""
    state = await desk.rulebook.in_force.require()
    versions = await asyncio.to_thread(lambda: [version_of(desk, state, name) for name in sorted(state.agreements)])
    rows = [await agreement_row(desk, state, version) for version in versions]
    return {"agreements": rows, "revision": state.revision, "entry_index": state.entry_index}


async def agreement_suspend(
    desk: DeskWithRulebook, actor: Actor, *, agreement: str, reason_en: str, reason_fr: str
) -> Json:
    """Stop all disclosures under an agreement, at once."""
    receipt = await desk.rulebook.stopping.suspend(actor, agreement, {"en": reason_en, "fr": reason_fr})
    return {"agreement": agreement, "standing": "suspended", "entry_index": receipt.entry_index}


async def agreement_resume(desk: DeskWithRulebook, actor: Actor, *, agreement: str) -> Json:
    """Take up a suspended agreement; the first person asks for it, the second does it."""
    receipt = await desk.rulebook.stopping.resume(actor, agreement)
    return _second(agreement, receipt)


async def agreement_terminate(
    desk: DeskWithRulebook, actor: Actor, *, agreement: str, reason_en: str, reason_fr: str
) -> Json:
    """End an agreement for good; the first person asks for it, the second does it."""
    receipt = await desk.rulebook.stopping.terminate(actor, agreement, {"en": reason_en, "fr": reason_fr})
    return _second(agreement, receipt)


async def agreement_history(desk: DeskWithRulebook, actor: Actor, *, agreement: str) -> Json:
    """What became of an agreement, oldest first."""
    state = await desk.rulebook.in_force.require()
    found = await desk.rulebook.publishing.history(agreement)
    if agreement not in state.agreements:
        raise DraftError("no-such-agreement")
    version = await asyncio.to_thread(version_of, desk, state, agreement)
    return {
        "agreement": agreement,
        "standing": _standing(desk, state, version),
        "digest": version.digest,
        "steps": list(found["steps"]) if found else [],
    }


async def rulebook_files(desk: DeskWithRulebook, actor: Actor) -> Json:
    """Every document of the rulebook in force, by path, as it was imported or saved."""
    state = await desk.rulebook.in_force.require()
    return {
        "revision": state.revision,
        "entry_index": state.entry_index,
        "files": await asyncio.to_thread(_texts, desk.rulebook.drafts, state.files),
    }


def version_of(desk: DeskWithRulebook, state: RulebookState, agreement: str) -> AgreementVersion:
    """The version in force of an agreement. Blocks; raises DraftError, LogUnavailableError."""
    version = desk.rulebook.archive.version(state.agreements[agreement])
    if version is None:
        raise DraftError("not-kept", agreement=agreement)
    return version


async def agreement_row(desk: DeskWithRulebook, state: RulebookState, version: AgreementVersion) -> dict[str, Json]:
    """An agreement in force as every call gives it."""
    stopped = state.stopped.get(version.id)
    waiting = await desk.rulebook.stopping.waiting(state, version)
    return {
        **version_row(version),
        "standing": _standing(desk, state, version),
        "since": stopped.since if stopped else None,
        "reason": dict(stopped.reason) if stopped else None,
        "waiting": [{"step": one.step, "unit": one.unit, "entry_index": one.entry_index} for one in waiting],
    }


def _standing(desk: DeskWithRulebook, state: RulebookState, version: AgreementVersion) -> str:
    """The standing that staff gave it, or what its term makes of it today."""
    standing = state.standing(version.id)
    if standing is not AgreementStanding.IN_FORCE:
        return standing.value
    return version.standing_on(version.day(desk.rulebook.clock.now()))[0]


def _second(agreement: str, receipt: Receipt | None) -> Json:
    index = None if receipt is None else receipt.entry_index
    return {"agreement": agreement, "done": receipt is not None, "entry_index": index}


def draft_row(draft: Draft) -> dict[str, Json]:
    """A draft as every call gives it."""
    return {
        "draft": draft.id,
        "state": draft.state.value,
        "revision": draft.revision,
        "digest": draft.digest,
        "unit": draft.unit,
        "files": {path: _step(draft, path) for path in sorted(draft.files)},
        "authors": len(draft.authors),
        "approvals": [
            {"unit": one.unit, "organization": one.organization, "office": one.office, "at": one.at}
            for one in draft.standing_approvals
        ],
        "publish_at": None if draft.publish_at is None else format_time(draft.publish_at),
        "entry_index": draft.entry_index,
    }


def _step(draft: Draft, path: str) -> str:
    if draft.files[path] is None:
        return "gone"
    return "new" if draft.base[path] is None else "changed"


def _bytes(files: Mapping[str, str | None]) -> dict[str, bytes | None]:
    return {path: None if text is None else text.encode("utf-8") for path, text in files.items()}


def _texts(drafts: Drafts, digests: Mapping[str, str | None]) -> dict[str, str | None]:
    """The documents by path. Blocks."""
    return {
        path: None if digest is None else drafts.file(digest).decode("utf-8", "replace")
        for path, digest in sorted(digests.items())
    }


RULEBOOK_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "draft.list": draft_list,
    "draft.show": draft_show,
    "draft.open": draft_open,
    "draft.save": draft_save,
    "draft.submit": draft_submit,
    "draft.approve": draft_approve,
    "draft.withdraw": draft_withdraw,
    "draft.publish": draft_publish,
    "draft.schedule": draft_schedule,
    "agreement.list": agreement_list,
    "agreement.suspend": agreement_suspend,
    "agreement.resume": agreement_resume,
    "agreement.terminate": agreement_terminate,
    "agreement.history": agreement_history,
    "rulebook.files": rulebook_files,
}
