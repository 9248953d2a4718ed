"""An approved draft goes into force, now or at its time; the gateway does the latter with nobody awake.

Invariants: what is published is exactly what was approved, by somebody who wrote none of it (and, where the deployment
asks for it, for every organization that is a party to an agreement it changes); draft and rulebook change in one
transaction, so that of two publishers one is told; nothing else of the rulebook moves. Does not: lift a suspension.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Protocol

from audit import canonical
from audit.canonical import JsonValue
from audit.entry import AgreementRef
from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.domain.draft import DRAFT, Draft, DraftState
from gateway.domain.errors import GatewayError
from gateway.domain.rulebook import AGREEMENT, AgreementStanding, RulebookState
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import Receipt, StateChange
from gateway.service.ports import Clock, DisclosureLog
from gateway.service.rulebook.documents import AgreementIn, ReadRulebook
from gateway.service.rulebook.drafts import Drafts, Sound, draft_change, draft_of, record_draft, with_draft
from gateway.service.rulebook.errors import DraftError
from gateway.service.rulebook.in_force import RulebookInForce
from gateway.service.rulebook.institution import require_concerned

MOST_KEPT: Final = 200
"""Steps that the history of an agreement keeps; the log keeps all."""


class PublishingRecords(Protocol):
    """Raises LogUnavailableError."""

    async def find(self, kind: str, record_id: str, /) -> StateRecord | None: ...

    async def due(self, kind: str, now: datetime, /) -> Sequence[StateRecord]: ...


class Publishing:
    """The use cases. `both_parties`: an agreement needs the approval of every organization that is a party to it."""

    def __init__(
        self,
        records: PublishingRecords,
        drafts: Drafts,
        in_force: RulebookInForce,
        log: DisclosureLog,
        clock: Clock,
        *,
        organizations: Mapping[str, str],
        both_parties: bool = False,
    ) -> None:
        self._records = records
        self._drafts = drafts
        self._in_force = in_force
        self._log = log
        self._clock = clock
        self._organizations = organizations
        self._both_parties = both_parties

    async def publish(self, actor: Actor, draft_id: str, digest: str) -> Receipt:
        """Put an approved draft in force now. Raises DraftError, RulebookChangedError."""
        draft = await self._approved(draft_id, digest)
        return await self._publish(actor, draft)

    async def schedule(self, actor: Actor, draft_id: str, digest: str, at: datetime) -> Draft:
        """Have an approved draft put in force at a time (aware). Raises DraftError."""
        draft = await self._approved(draft_id, digest)
        if at <= self._clock.now():
            raise DraftError("time-passed")
        await self._require_agreed(actor, draft, await self._drafts.require_sound(draft))
        scheduled = replace(draft, state=DraftState.SCHEDULED, publish_at=at)
        receipt = await record_draft(self._log, self._clock.now(), actor, scheduled, action="draft-scheduled")
        return replace(scheduled, revision=scheduled.revision + 1, entry_index=receipt.entry_index)

    async def due(self) -> Sequence[Draft]:
        """The drafts whose time has come."""
        found = await self._records.due(DRAFT, self._clock.now())
        return [draft_of(one) for one in found if one.state == DraftState.SCHEDULED]

    async def publish_due(self, draft: Draft) -> Receipt | None:
        """Put a draft in force whose time has come. What cannot be published goes back to review, on record, so that it
        is not tried every second; the error is raised once. None then, and where another process was faster."""
        actor = Actor.gateway(draft.unit)
        try:
            return await self._publish(actor, draft)
        except DraftError:
            back = replace(draft, state=DraftState.IN_REVIEW, publish_at=None)
            try:
                await record_draft(self._log, self._clock.now(), actor, back, action="draft-not-published")
            except DraftError:
                return None
            raise
        except GatewayError as error:
            if error.code == "rulebook-changed":
                return None
            raise

    async def history(self, agreement: str) -> Mapping[str, Any] | None:
        """What became of an agreement: version, digest and the steps, oldest first, each with its entry where that is
        known; None where nothing is on record."""
        record = await self._records.find(AGREEMENT, agreement)
        return None if record is None else {**record.body, "steps": _steps(record)}

    async def _approved(self, draft_id: str, digest: str) -> Draft:
        draft = await self._drafts.find(draft_id)
        if draft.state not in {DraftState.APPROVED, DraftState.SCHEDULED}:
            raise DraftError("not-approved", variant="state", state=draft.state.value, done="published")
        if draft.digest != digest:
            raise DraftError("another-digest")
        return draft

    async def _require_agreed(self, actor: Actor, draft: Draft, sound: Sound) -> None:
        require_concerned(actor, self._organizations, sound.concerned(draft))
        approvals = [approval for approval in draft.standing_approvals if approval.by not in draft.authors]
        if not approvals:
            raise DraftError("not-approved")
        if not self._both_parties:
            return
        given = {approval.organization for approval in approvals}
        missing = sorted({one for changed in _changed(draft, sound.after) for one in changed.organizations} - given)
        if missing:
            raise DraftError("party-not-agreed", missing=[*missing])

    async def _publish(self, actor: Actor, draft: Draft) -> Receipt:
        # Everything is judged on one state, whose revision the change rests on: who is overtaken is told.
        before = await self._drafts.state()
        sound = await self._drafts.require_sound(draft, before)
        await self._require_agreed(actor, draft, sound)
        read = sound.after
        changed = _changed(draft, read)
        for agreement in changed:
            if before.standing(agreement.id) is AgreementStanding.TERMINATED:
                raise DraftError("agreement-terminated", agreement=agreement.id)
        after = RulebookState(
            policy_revision=read.policy_revision,
            agreements={name: one.digest for name, one in read.agreements.items()},
            files=with_draft(before, draft),
            stopped=before.stopped,
        )
        published = replace(draft, state=DraftState.PUBLISHED, publish_at=None)
        now = format_time(self._clock.now())
        approved: list[JsonValue] = [
            {"unit": one.unit, "organization": one.organization, "office": one.office}
            for one in draft.standing_approvals if one.by not in draft.authors
        ]  # fmt: skip
        steps = [
            await self.step(one.id, one.version, one.digest, {"action": "published", "at": now, "unit": actor.unit,
                                                              "draft": draft.id, "approvals": approved})
            for one in changed
        ]  # fmt: skip
        one = changed[0] if len(changed) == 1 else None
        return await self._in_force.change(
            before,
            after,
            action="rulebook-published",
            kind="publication",
            actor=actor,
            details={"draft": draft.id, "digest": draft.digest, **after.as_json()},
            agreement=None if one is None else AgreementRef(one.id, one.version, one.digest),
            changes=(draft_change(published), *steps),
        )

    async def step(self, agreement: str, version: str, digest: str, step: Mapping[str, JsonValue]) -> StateChange:
        """The change of the record of an agreement that adds a step to its history."""
        record = await self._records.find(AGREEMENT, agreement)
        steps: list[JsonValue] = [*(_steps(record) if record else []), {**step, "version": version, "digest": digest}]
        body = {"version": version, "digest": digest, "steps": steps[-MOST_KEPT:]}
        return StateChange(
            AGREEMENT, agreement, record.revision if record else 0, str(step["action"]), canonical.encode(body)
        )


def _steps(record: StateRecord) -> list[Mapping[str, Any]]:
    """The steps, the newest with the entry that made it: which one that is, is known once it is on record."""
    steps: list[Mapping[str, Any]] = list(record.body["steps"])  # type: ignore[arg-type]
    return [*steps[:-1], {**steps[-1], "entry_index": record.entry_index}] if steps else []


class PublishingClock:
    """Publishes what is due, every second, until cancelled; one failure does not stop the next."""

    EVERY_SECONDS: Final = 1.0

    def __init__(self, publishing: Publishing) -> None:
        self._publishing = publishing

    async def tick(self) -> int:
        """How many were published. Raises GatewayError of the first that failed, after the others."""
        done, failure = 0, None
        for draft in await self._publishing.due():
            try:
                done += await self._publishing.publish_due(draft) is not None
            except GatewayError as error:
                failure = error
        if failure is not None:
            raise failure
        return done

    async def sleep(self) -> None:
        await asyncio.sleep(self.EVERY_SECONDS)


def _changed(draft: Draft, read: ReadRulebook) -> list[AgreementIn]:
    """The agreements that the draft changes, sorted."""
    return sorted((one for one in read.agreements.values() if one.path in draft.files), key=lambda one: one.id)
