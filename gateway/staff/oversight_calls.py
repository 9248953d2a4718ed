"""The staff calls of whoever audits: who of staff did what, and the rulebook as it was. JSON in, JSON out.

Invariant: an auditor reads what is on record of every institution, a privacy officer that of their own. Does not:
change anything, or print.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from audit.vocabulary import format_time
from gateway.domain.actor import Actor, Role
from gateway.domain.agreement import AgreementVersion
from gateway.domain.rulebook import AgreementStanding, RulebookState
from gateway.service.oversight.acts import ACT_KINDS
from gateway.service.oversight.rulebook_history import Step
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import Question
from gateway.staff.authorization import UnitUnknownError
from gateway.staff.oversight_desk import OversightDesk
from gateway.staff.reading import ArgumentError, moment_of
from gateway.staff.refusal import WorkRefusedError
from gateway.staff.rulebook_desk import RulebookDesk

Json = Any
Where = Mapping[str, Sequence[str]]
USUAL_ACTS: Final = 50
MOST_ACTS: Final = 200
_EVERY: Final[Where] = {}


class Desk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def oversight(self) -> OversightDesk: ...

    @property
    def rulebook(self) -> RulebookDesk: ...

    @property
    def organizations(self) -> Mapping[str, str]: ...


async def act_look_up(
    desk: Desk,
    actor: Actor,
    *,
    of: str | None = None,
    where: Where = _EVERY,
    first: str | None = None,
    last: str | None = None,
    before: int | None = None,
    limit: int = USUAL_ACTS,
) -> Json:
    """Acts of staff with who did them, newest first, of one officer where `of` names one; on record first."""
    own = None if Role.AUDITOR in actor.roles else desk.organizations.get(actor.unit)
    if own is None and Role.AUDITOR not in actor.roles:
        raise UnitUnknownError
    asked = Question.from_json({"where": where, "first": first, "last": last, "institution": own})
    kinds = asked.where.get(Column.KIND, ACT_KINDS)
    if not set(kinds) <= set(ACT_KINDS):
        raise ArgumentError(f"where.kind: one of {', '.join(ACT_KINDS)}")
    question = Question({**asked.where, Column.KIND: tuple(kinds)}, asked.first, asked.last, own)
    wanted = of.strip() if of and of.strip() else None
    found = await desk.oversight.acts.named(
        question, wanted, before=before, limit=max(1, min(limit, MOST_ACTS)), actor=actor
    )
    rows = [{**one.row.as_json(), "officer": one.officer, "identified": one.identified} for one in found.acts]
    return {
        "rows": rows,
        "read": found.read,
        "before": found.before,
        "up_to": found.up_to,
        "entry_index": found.receipt.entry_index,
    }


async def rulebook_as_of(desk: Desk, actor: Actor, *, at: str) -> Json:
    """The rulebook that was in force at a time: agreements with their versions and standing, documents by path, and
    every change of it so far."""
    moment = moment_of(at, "at")
    then = await desk.oversight.rulebooks.as_of(moment)
    versions = await asyncio.to_thread(_versions, desk, then.state)
    return {
        "at": format_time(moment),
        "entry_index": then.step.entry_index,
        "since": format_time(then.step.at),
        "policy_revision": then.state.policy_revision,
        "agreements": [
            _agreement(then.state, agreement, digest, versions[agreement], moment)
            for agreement, digest in sorted(then.state.agreements.items())
        ],
        "files": dict(sorted(then.state.files.items())),
        "steps": [_step(step) for step in then.steps],
    }


async def rulebook_document(desk: Desk, actor: Actor, *, at: str, digest: str) -> Json:
    """A document of the rulebook that was in force at a time, by its digest: its path and its text as it was."""
    then = await desk.oversight.rulebooks.as_of(moment_of(at, "at"))
    path = next((path for path, known in sorted(then.state.files.items()) if known == digest), None)
    if path is None:
        raise WorkRefusedError("unknown-document", "the rulebook of that time has no document of this digest")
    body = await asyncio.to_thread(desk.rulebook.drafts.file, digest)
    return {
        "path": path,
        "digest": digest,
        "entry_index": then.step.entry_index,
        "text": body.decode("utf-8", "replace"),
    }


OVERSIGHT_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "act.look-up": act_look_up,
    "rulebook.as-of": rulebook_as_of,
    "rulebook.document": rulebook_document,
}


def _versions(desk: Desk, state: RulebookState) -> dict[str, AgreementVersion | None]:
    """Blocks."""
    return {agreement: desk.rulebook.archive.version(digest) for agreement, digest in state.agreements.items()}


def _agreement(
    state: RulebookState, agreement: str, digest: str, version: AgreementVersion | None, moment: datetime
) -> dict[str, Json]:
    """A text that is not kept any more is told by its digest alone."""
    stopped = state.stopped.get(agreement)
    standing, since = state.standing(agreement).value, stopped.since if stopped else None
    if version is not None and state.standing(agreement) is AgreementStanding.IN_FORCE:
        standing, since = version.standing_on(version.day(moment))
    return {
        "agreement": agreement,
        "digest": digest,
        "version": None if version is None else version.version,
        "title": None if version is None else dict(version.document["title"]),
        "effective": None if version is None else version.effective.isoformat(),
        "expiry": None if version is None else version.expiry.isoformat(),
        "standing": standing,
        "since": since,
        "reason": dict(stopped.reason) if stopped else None,
    }


def _step(step: Step) -> dict[str, Json]:
    return {
        "entry_index": step.entry_index,
        "at": format_time(step.at),
        "action": step.action,
        "unit": step.unit,
        "agreement": step.agreement,
    }
