"""An agreement is suspended at once by one person, and taken up again, or ended for good, by two.

Invariants: a suspension counts from the entry that says it, in every process, because every permit rests on the
rulebook's revision; nothing is deleted; the second person is another than the first. The reasons are read by partners,
so they are in both languages. Does not: change what an agreement says.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from audit import canonical
from audit.canonical import JsonValue
from audit.entry import AgreementRef, Kind
from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.domain.agreement import AgreementVersion
from gateway.domain.free_text import is_readable
from gateway.domain.rulebook import AgreementStanding, RulebookState, Stopped
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import Receipt, StateChange
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import AgreementArchive, Clock, DisclosureLog
from gateway.service.rulebook.errors import DraftError, RulebookChangedError
from gateway.service.rulebook.in_force import RulebookInForce
from gateway.service.rulebook.institution import require_concerned
from gateway.service.rulebook.publishing import Publishing, PublishingRecords

ASKED: Final = "agreement-step"
"""Kind of the state record of a step that waits for its second person."""
RESUME: Final = "resume"
TERMINATE: Final = "terminate"
_LONGEST_REASON: Final = 1000
LANGUAGES: Final = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step (`resume` or `terminate`) that somebody of `unit` asked for, on record at `entry_index`."""

    step: str
    unit: str
    entry_index: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one person asked for: the change that closes it, and the reason that was given."""

    done: StateChange
    reason: Mapping[str, str]


class StoppingAgreements:
    """The use cases."""

    def __init__(
        self,
        records: PublishingRecords,
        publishing: Publishing,
        in_force: RulebookInForce,
        archive: AgreementArchive,
        log: DisclosureLog,
        clock: Clock,
        *,
        staff_token: Callable[[str], str],
        organizations: Mapping[str, str],
    ) -> None:
        self._records = records
        self._publishing = publishing
        self._in_force = in_force
        self._archive = archive
        self._log = log
        self._clock = clock
        self._staff_token = staff_token
        self._organizations = organizations

    async def suspend(self, actor: Actor, agreement: str, reason: Mapping[str, str]) -> Receipt:
        """Stop all disclosures under an agreement, at once. Raises DraftError, RulebookChangedError."""
        _require_reason(reason)
        state, version = await self._of(actor, agreement)
        if state.standing(agreement) is not AgreementStanding.IN_FORCE:
            raise DraftError("stopped-already", agreement=agreement, standing=state.standing(agreement).value)
        return await self._change(actor, state, version, AgreementStanding.SUSPENDED, reason, "agreement-suspended")

    async def resume(self, actor: Actor, agreement: str) -> Receipt | None:
        """Take up a suspended agreement: asked for by the first person (None), done by the second.

        Raises DraftError, RulebookChangedError."""
        state, version = await self._of(actor, agreement)
        if state.standing(agreement) is not AgreementStanding.SUSPENDED:
            raise DraftError("not-suspended", agreement=agreement, standing=state.standing(agreement).value)
        asked = await self._second(actor, state, version, RESUME, {})
        if asked is None:
            return None
        return await self._change(
            actor, state, version, AgreementStanding.IN_FORCE, {}, "agreement-resumed", (asked.done,)
        )

    async def terminate(self, actor: Actor, agreement: str, reason: Mapping[str, str]) -> Receipt | None:
        """End an agreement for good: asked for by the first person (None), done by the second, with the first reason.

        Raises DraftError, RulebookChangedError."""
        state, version = await self._of(actor, agreement)
        if state.standing(agreement) is AgreementStanding.TERMINATED:
            raise DraftError("stopped-already", agreement=agreement, standing=AgreementStanding.TERMINATED.value)
        _require_reason(reason)
        asked = await self._second(actor, state, version, TERMINATE, reason)
        if asked is None:
            return None
        return await self._change(
            actor, state, version, AgreementStanding.TERMINATED, asked.reason, "agreement-terminated", (asked.done,)
        )

    async def waiting(self, state: RulebookState, version: AgreementVersion) -> Sequence[Waiting]:
        """What one person asked for and a second one has not done yet. Raises LogUnavailableError."""
        found = [(step, await self._records.find(ASKED, f"{version.id}/{step}")) for step in (RESUME, TERMINATE)]
        return [
            Waiting(step, str(record.body["unit"]), record.entry_index)
            for step, record in found
            if record is not None and _is_open(record, state, version)
        ]

    async def _of(self, actor: Actor, agreement: str) -> tuple[RulebookState, AgreementVersion]:
        """The rulebook in force, and the version of an agreement that concerns the institution of the actor."""
        state = await self._in_force.require()
        digest = state.agreements.get(agreement)
        version = None if digest is None else await asyncio.to_thread(self._archive.version, digest)
        if version is None:
            raise DraftError("no-such-agreement")
        parties = frozenset(self._organizations[unit] for unit in version.parties if unit in self._organizations)
        require_concerned(actor, self._organizations, parties)
        return state, version

    async def _second(
        self, actor: Actor, state: RulebookState, version: AgreementVersion, step: str, reason: Mapping[str, str]
    ) -> "_Asked | None":
        """What the first person asked for; None where this is the first, on record now."""
        name = f"{version.id}/{step}"
        record = await self._records.find(ASKED, name)
        revision = 0 if record is None else record.revision
        token = self._staff_token(actor.officer)
        if record is not None and _is_open(record, state, version):
            if record.body["by"] == token:
                raise DraftError("second-person")
            done = StateChange(ASKED, record.id, revision, "done", canonical.encode(dict(record.body)))
            return _Asked(done, cast(Mapping[str, str], record.body.get("reason", reason)))
        body: dict[str, JsonValue] = {
            "by": token, "unit": actor.unit, "of": _what(state, version), "reason": dict(reason),
        }  # fmt: skip
        made = staff_submission(
            action="agreement-resume-asked" if step == RESUME else "agreement-terminate-asked",
            actor=actor,
            now=self._clock.now(),
            details={"agreement": version.id, "reason": dict(reason)},
            refers_to=state.entry_index,
            changes=(StateChange(ASKED, name, revision, "asked", canonical.encode(body)),),
        )
        await put_on_record(self._log, made, "the request", RulebookChangedError())
        return None

    async def _change(
        self,
        actor: Actor,
        before: RulebookState,
        version: AgreementVersion,
        standing: AgreementStanding,
        reason: Mapping[str, str],
        action: str,
        changes: tuple[StateChange, ...] = (),
    ) -> Receipt:
        now = format_time(self._clock.now())
        stopped = {name: one for name, one in before.stopped.items() if name != version.id}
        if standing is not AgreementStanding.IN_FORCE:
            stopped[version.id] = Stopped(standing, now, {lang: reason[lang] for lang in LANGUAGES})
        done: dict[str, JsonValue] = {"action": standing.value, "at": now, "unit": actor.unit, "reason": dict(reason)}
        step = await self._publishing.step(version.id, version.version, version.digest, done)
        kind: Kind = "suspension" if standing is AgreementStanding.SUSPENDED else "publication"
        return await self._in_force.change(
            before,
            replace(before, stopped=stopped),
            action=action,
            kind=kind,
            actor=actor,
            details={"agreement": version.id, "standing": standing.value, "reason": dict(reason)},
            agreement=AgreementRef(version.id, version.version, version.digest),
            changes=(step, *changes),
        )


def _is_open(record: StateRecord, state: RulebookState, version: AgreementVersion) -> bool:
    return record.state == "asked" and record.body["of"] == _what(state, version)


def _what(state: RulebookState, version: AgreementVersion) -> str:
    """What a request is about: this text, and since when it stands as it does. Other changes of the rulebook leave the
    request as it is."""
    stopped = state.stopped.get(version.id)
    return f"{version.digest} {stopped.since if stopped else ''}".rstrip()


def _require_reason(reason: Mapping[str, str]) -> None:
    for lang in LANGUAGES:
        text = reason.get(lang, "").strip()
        if not text or len(text) > _LONGEST_REASON or not is_readable(text):
            raise DraftError("reason", variant=lang, most=_LONGEST_REASON)
