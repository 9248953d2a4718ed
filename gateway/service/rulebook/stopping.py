"""An agreement is suspended at once by one person, and taken up again, or ended for good, by two.

Invariants: a suspension counts from the entry that says it, in every process, because every permit rests on the
rulebook's revision; nothing is deleted; the second person is another than the first. The reasons are read by partners,
so they are in both languages. Does not: change what an agreement says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, cast

from audit import canonical
from audit.canonical import JsonValue
from audit.entry import AgreementRef, Kind
from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.domain.free_text import is_readable
from gateway.domain.rulebook import AgreementStanding, RulebookState, Stopped
from gateway.domain.submission import Receipt, StateChange
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import AgreementArchive, Clock, DisclosureLog
from gateway.service.rulebook.errors import DraftError
from gateway.service.rulebook.in_force import RulebookChangedError, RulebookInForce
from gateway.service.rulebook.publishing import Publishing, PublishingRecords

ASKED: Final = "agreement-step"
"""Kind of the state record of a step that waits for its second person."""
RESUME: Final = "resume"
TERMINATE: Final = "terminate"
_LONGEST_REASON: Final = 1000
LANGUAGES: Final = ("en", "fr")


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
        staff_token: Callable[[str], str],
    ) -> None:
        self._records = records
        self._publishing = publishing
        self._in_force = in_force
        self._archive = archive
        self._log = log
        self._clock = clock
        self._staff_token = staff_token

    async def suspend(self, actor: Actor, agreement: str, reason: Mapping[str, str]) -> Receipt:
        """Stop all disclosures under an agreement, at once. Raises DraftError, RulebookChangedError."""
        _require_reason(reason)
        state = await self._state(agreement)
        if state.standing(agreement) is not AgreementStanding.IN_FORCE:
            raise DraftError("stopped-already", f"{agreement} is {state.standing(agreement).value} already")
        return await self._change(actor, state, agreement, AgreementStanding.SUSPENDED, reason, "agreement-suspended")

    async def resume(self, actor: Actor, agreement: str) -> Receipt | None:
        """Take up a suspended agreement: asked for by the first person (None), done by the second.

        Raises DraftError, RulebookChangedError."""
        state = await self._state(agreement)
        if state.standing(agreement) is not AgreementStanding.SUSPENDED:
            raise DraftError("not-suspended", f"{agreement} is {state.standing(agreement).value}, not suspended")
        asked = await self._second(actor, state, agreement, RESUME, {})
        if asked is None:
            return None
        return await self._change(
            actor, state, agreement, AgreementStanding.IN_FORCE, {}, "agreement-resumed", (asked.done,)
        )

    async def terminate(self, actor: Actor, agreement: str, reason: Mapping[str, str]) -> Receipt | None:
        """End an agreement for good: asked for by the first person (None), done by the second, with the first reason.

        Raises DraftError, RulebookChangedError."""
        state = await self._state(agreement)
        if state.standing(agreement) is AgreementStanding.TERMINATED:
            raise DraftError("stopped-already", f"{agreement} is terminated already")
        _require_reason(reason)
        asked = await self._second(actor, state, agreement, TERMINATE, reason)
        if asked is None:
            return None
        return await self._change(
            actor, state, agreement, AgreementStanding.TERMINATED, asked.reason, "agreement-terminated", (asked.done,)
        )

    async def _state(self, agreement: str) -> RulebookState:
        state = await self._in_force.read()
        if state is None or agreement not in state.agreements:
            raise DraftError(
                "no-such-agreement", "there is no such agreement in force; `gateway agreements state` lists them"
            )
        return state

    async def _second(
        self, actor: Actor, state: RulebookState, agreement: str, step: str, reason: Mapping[str, str]
    ) -> "_Asked | None":
        """What the first person asked for; None where this is the first, on record now."""
        record = await self._records.find(ASKED, f"{agreement}/{step}")
        revision = 0 if record is None else record.revision
        token = self._staff_token(actor.officer)
        open_ = record is not None and record.state == "asked" and record.body["of"] == state.entry_index
        if record is not None and open_:
            if record.body["by"] == token:
                raise DraftError("second-person", "you asked for this; another person has to do it too")
            done = StateChange(ASKED, record.id, revision, "done", canonical.encode(dict(record.body)))
            return _Asked(done, cast(Mapping[str, str], record.body.get("reason", reason)))
        body: dict[str, JsonValue] = {
            "by": token, "unit": actor.unit, "of": state.entry_index, "reason": dict(reason),
        }  # fmt: skip
        made = staff_submission(
            action="agreement-resume-asked" if step == RESUME else "agreement-terminate-asked",
            actor=actor,
            now=self._clock.now(),
            details={"agreement": agreement, "reason": dict(reason)},
            refers_to=state.entry_index,
            changes=(StateChange(ASKED, f"{agreement}/{step}", revision, "asked", canonical.encode(body)),),
        )
        await put_on_record(self._log, made, "the request", RulebookChangedError())
        return None

    async def _change(
        self,
        actor: Actor,
        before: RulebookState,
        agreement: str,
        standing: AgreementStanding,
        reason: Mapping[str, str],
        action: str,
        changes: tuple[StateChange, ...] = (),
    ) -> Receipt:
        now = format_time(self._clock.now())
        stopped = {name: one for name, one in before.stopped.items() if name != agreement}
        if standing is not AgreementStanding.IN_FORCE:
            stopped[agreement] = Stopped(standing, now, {lang: reason[lang] for lang in LANGUAGES})
        digest = before.agreements[agreement]
        kept = self._archive.version(digest)
        version = "" if kept is None else kept.version
        done: dict[str, JsonValue] = {"action": standing.value, "at": now, "unit": actor.unit, "reason": dict(reason)}
        step = await self._publishing.step(agreement, version, digest, done)
        kind: Kind = "suspension" if standing is AgreementStanding.SUSPENDED else "publication"
        return await self._in_force.change(
            before,
            replace(before, stopped=stopped),
            action=action,
            kind=kind,
            actor=actor,
            details={"agreement": agreement, "standing": standing.value, "reason": dict(reason)},
            agreement=AgreementRef(agreement, version, digest) if version else None,
            changes=(step, *changes),
        )


def _require_reason(reason: Mapping[str, str]) -> None:
    for lang in LANGUAGES:
        text = reason.get(lang, "").strip()
        if not text or len(text) > _LONGEST_REASON or not is_readable(text):
            raise DraftError(
                "reason",
                f"reason ({lang}): partners read it, so write it in English and in French, "
                f"in at most {_LONGEST_REASON} characters of plain text",
            )
