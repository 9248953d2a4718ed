"""Drafts of the rulebook: opened, saved as one goes, submitted, approved by somebody else, or withdrawn.

Invariants: every step is an entry of the log and rests on the revision of the draft that its author saw, so that of two
editors the second is told what changed; nobody who wrote any of it approves it; what does not fit together is not
submitted, approved or published. Does not: put anything in force (`service.rulebook.publishing`).
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from audit import canonical
from audit.vocabulary import format_time
from gateway.domain.actor import Actor
from gateway.domain.draft import DRAFT, EDITABLE, OPEN_DRAFTS, Approval, Draft, DraftState
from gateway.domain.rulebook import RulebookState
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import Receipt, StateChange
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.ports import Clock, DisclosureLog
from gateway.service.rulebook.documents import AgreementIn, ReadRulebook, RulebookDocuments
from gateway.service.rulebook.errors import DraftChangedError, DraftError, DraftFaultsError
from gateway.service.rulebook.in_force import RulebookInForce
from gateway.service.rulebook.institution import require_concerned

USUAL: Final = 100
_MOST_FILES: Final = 100
_LONGEST_OFFICE: Final = 200
LISTS: Final = ("parties.yaml", "purposes.yaml", "identifier_schemes.yaml")
"""Documents that list many, of which a draft gives the whole one."""


class DraftRecords(Protocol):
    """Raises LogUnavailableError."""

    async def find(self, kind: str, record_id: str, /) -> StateRecord | None: ...

    async def page(
        self, kind: str, *, states: Sequence[str] = (), members: Mapping[str, str] = {}, limit: int, skip: int = 0
    ) -> Sequence[StateRecord]: ...


@dataclass(frozen=True, slots=True)
class Sound:
    """Documents that fit together: as they are in force, and as they would be with a draft."""

    before: ReadRulebook
    after: ReadRulebook

    def concerned(self, draft: Draft) -> frozenset[str]:
        """The organizations whose agreements or record types the draft changes."""
        return self.before.concerned(draft.files) | self.after.concerned(draft.files)


class Drafts:
    """The use cases. `organizations` gives the organization of a unit, `living` whether the rulebook lives in the
    database: where it lives in files, a change is made there."""

    def __init__(
        self,
        records: DraftRecords,
        in_force: RulebookInForce,
        documents: RulebookDocuments,
        log: DisclosureLog,
        clock: Clock,
        *,
        staff_token: Callable[[str], str],
        organizations: Mapping[str, str],
        living: bool,
    ) -> None:
        self._records = records
        self._in_force = in_force
        self._documents = documents
        self._log = log
        self._clock = clock
        self._staff_token = staff_token
        self._organizations = organizations
        self._living = living

    async def list(self, *, every: bool = False, limit: int = USUAL) -> Sequence[Draft]:
        """Open drafts, oldest first; with `every`, those published and withdrawn too."""
        states = () if every else tuple(sorted(OPEN_DRAFTS))
        return [draft_of(record) for record in await self._records.page(DRAFT, states=states, limit=limit)]

    async def find(self, draft_id: str) -> Draft:
        """Raises DraftError where there is none."""
        record = await self._records.find(DRAFT, draft_id)
        if record is None:
            raise DraftError("no-such-draft")
        return draft_of(record)

    def wrote(self, actor: Actor, draft: Draft) -> bool:
        """Whether this person wrote any of the draft."""
        return self._staff_token(actor.officer) in draft.authors

    async def read(self, draft: Draft) -> ReadRulebook:
        """What would be in force with the draft: every document, its own in place of those they replace."""
        return await asyncio.to_thread(self._documents.read, await self.documents_with(draft))

    async def documents_in_force(self) -> ReadRulebook:
        """What is in force."""
        return await asyncio.to_thread(self._documents.read, (await self.state()).files)

    async def documents_with(self, draft: Draft) -> Mapping[str, str]:
        """The digests of all documents by path, as they would be with the draft."""
        return with_draft(await self.state(), draft)

    def file(self, digest: str) -> bytes:
        """A document by its digest. Blocks."""
        return self._documents.file(digest)

    async def open(self, actor: Actor, files: Mapping[str, bytes | None]) -> Draft:
        """A new draft that changes these documents; None takes one away. Raises DraftError."""
        state = await self.state()
        kept = await self._keep(files)
        changed = {path: digest for path, digest in kept.items() if state.files.get(path) != digest}
        if not changed:
            raise DraftError("nothing-to-change")
        draft = Draft(
            id=f"d-{secrets.token_hex(6)}",
            revision=0,
            state=DraftState.DRAFT,
            unit=actor.unit,
            files=changed,
            base={path: state.files.get(path) for path in changed},
            authors=(self._staff_token(actor.officer),),
        )
        await self._require_whole(state, draft)
        return await self._record(actor, draft, "draft-opened")

    async def save(self, actor: Actor, draft_id: str, revision: int, files: Mapping[str, bytes | None]) -> Draft:
        """Change documents of a draft as it is at `revision`. It is a draft again, and every approval is void.

        Raises DraftChangedError where it is at another revision, DraftError."""
        draft = await self._at(draft_id, revision)
        _require(draft, EDITABLE, "changed")
        state = await self.state()
        kept = await self._keep(files)
        merged = {**draft.files, **kept}
        base = {**{path: state.files.get(path) for path in kept}, **draft.base}
        same = [path for path, digest in merged.items() if digest == base[path]]
        if len(same) == len(merged):
            raise DraftError("nothing-to-change", variant="saved")
        saved = replace(
            draft,
            state=DraftState.DRAFT,
            files={path: digest for path, digest in merged.items() if path not in same},
            base={path: digest for path, digest in base.items() if path not in same},
            authors=tuple(dict.fromkeys((*draft.authors, self._staff_token(actor.officer)))),
            approvals=(),
            publish_at=None,
            touched={**draft.touched, **dict.fromkeys(_differing(draft, merged), draft.revision + 1)},
        )
        await self._require_whole(state, saved)
        return await self._record(actor, saved, "draft-saved", [*kept])

    async def submit(self, actor: Actor, draft_id: str, revision: int) -> Draft:
        """Give a draft to review. Raises DraftFaultsError where its documents do not fit together, DraftError."""
        draft = await self._at(draft_id, revision)
        _require(draft, {DraftState.DRAFT}, "submitted")
        await self.require_sound(draft)
        return await self._record(actor, replace(draft, state=DraftState.IN_REVIEW), "draft-submitted")

    async def approve(self, actor: Actor, draft_id: str, digest: str, office: str) -> Draft:
        """Approve exactly what has this digest, in the office named. Raises DraftError, DraftFaultsError."""
        draft = await self.find(draft_id)
        _require(draft, {DraftState.IN_REVIEW, DraftState.APPROVED}, "approved")
        if draft.digest != digest:
            raise DraftError("another-digest")
        token = self._staff_token(actor.officer)
        if len(office) > _LONGEST_OFFICE:
            raise DraftError("office", most=_LONGEST_OFFICE)
        if token in draft.authors:
            raise DraftError("own-draft")
        if any(approval.by == token for approval in draft.standing_approvals):
            raise DraftError("approved-already")
        sound = await self.require_sound(draft)
        require_concerned(actor, self._organizations, sound.concerned(draft))
        now = self._clock.now()
        approval = Approval(
            token, actor.unit, self._organizations.get(actor.unit, actor.unit), office, digest, format_time(now)
        )
        approved = replace(draft, state=DraftState.APPROVED, approvals=(*draft.standing_approvals, approval))
        return await self._record(actor, approved, "draft-approved")

    async def withdraw(self, actor: Actor, draft_id: str, revision: int) -> Draft:
        """End a draft without publishing it; it stays to be looked at. Raises DraftError."""
        draft = await self._at(draft_id, revision)
        _require(draft, OPEN_DRAFTS, "withdrawn")
        return await self._record(actor, replace(draft, state=DraftState.WITHDRAWN, publish_at=None), "draft-withdrawn")

    async def require_sound(self, draft: Draft, state: RulebookState | None = None) -> "Sound":
        """What would be in force with the draft on top of `state` (that in force, unless told).

        Raises DraftFaultsError; DraftError where what it replaces was changed in force since."""
        state = state or await self.state()
        outdated = [path for path, digest in draft.base.items() if state.files.get(path) != digest]
        if outdated:
            raise DraftError("draft-outdated", paths=[*sorted(outdated)])
        read = await asyncio.to_thread(self._documents.read, with_draft(state, draft))
        if read.faults:
            raise DraftFaultsError(read.faults)
        before = await asyncio.to_thread(self._documents.read, state.files)
        for agreement in not_raised(before, read):
            raise DraftError("version-not-raised", path=agreement.path, version=agreement.version)
        return Sound(before, read)

    async def state(self) -> RulebookState:
        """The rulebook in force. Raises DraftError where it does not live in the database, or is not there yet."""
        if not self._living:
            raise DraftError("rulebook-in-files")
        return await self._in_force.require()

    async def _require_whole(self, state: RulebookState, draft: Draft) -> None:
        """Somebody who gives only what is new of a document that lists many is told so before anything else."""
        for path, digest in sorted(draft.files.items()):
            if digest is None or path not in state.files or path.rsplit("/", 1)[-1] not in LISTS:
                continue
            gone = await asyncio.to_thread(self._documents.taken_away, state.files[path], digest)
            if gone and (await asyncio.to_thread(self._documents.read, with_draft(state, draft))).faults:
                some = ", ".join(gone[:5]) + (", ..." if len(gone) > 5 else "")
                raise DraftError("takes-away", path=path, count=len(gone), some=some)

    async def _at(self, draft_id: str, revision: int) -> Draft:
        draft = await self.find(draft_id)
        if draft.revision != revision:
            raise DraftChangedError(draft.changed_since(revision), draft.revision)
        return draft

    async def _keep(self, files: Mapping[str, bytes | None]) -> dict[str, str | None]:
        if not files or len(files) > _MOST_FILES:
            raise DraftError("files", most=_MOST_FILES)
        strangers = self._documents.strangers([*files])
        if strangers:
            raise DraftError("not-a-document")
        if any(body is None and path.rsplit("/", 2)[-2:-1] == ["isa"] for path, body in files.items()):
            raise DraftError("agreement-removed")
        return {
            path: None if body is None else await asyncio.to_thread(self._documents.keep, body)
            for path, body in files.items()
        }

    async def _record(self, actor: Actor, draft: Draft, action: str, saved: Sequence[str] = ()) -> Draft:
        try:
            receipt = await record_draft(self._log, self._clock.now(), actor, draft, action, saved)
        except DraftChangedError:
            now = await self.find(draft.id)
            raise DraftChangedError(now.changed_since(draft.revision), now.revision) from None
        return replace(draft, revision=draft.revision + 1, entry_index=receipt.entry_index)


async def record_draft(
    log: DisclosureLog, now: datetime, actor: Actor, draft: Draft, action: str, saved: Sequence[str] = ()
) -> Receipt:
    """Put a step of a draft on record. Raises DraftChangedError where it is at another revision."""
    made = staff_submission(
        action=action,
        actor=actor,
        now=now,
        details={"draft": draft.id, "digest": draft.digest, "files": sorted(saved or draft.files)},
        refers_to=draft.entry_index,
        changes=(draft_change(draft),),
    )
    conflict = DraftChangedError(sorted(draft.files), draft.revision + 1)
    return await put_on_record(log, made, "the draft", conflict)


def draft_change(draft: Draft) -> StateChange:
    """The change of the state record that makes it say what the draft says."""
    return StateChange(
        DRAFT, draft.id, draft.revision, draft.state.value, canonical.encode(draft.as_json()), draft.publish_at
    )


def with_draft(state: RulebookState, draft: Draft) -> dict[str, str]:
    """All documents by path, with those of the draft in place of those they replace."""
    merged = {**state.files, **draft.files}
    return {path: digest for path, digest in merged.items() if digest is not None}


def _differing(draft: Draft, files: Mapping[str, str | None]) -> list[str]:
    """The paths of which the draft says something else than these files."""
    return [path for path, digest in files.items() if path not in draft.files or draft.files[path] != digest]


def not_raised(before: ReadRulebook, after: ReadRulebook) -> Sequence[AgreementIn]:
    """The agreements that have another text than the one in force, and its version."""
    known = before.agreements
    return [
        one
        for name, one in sorted(after.agreements.items())
        if name in known and known[name].version == one.version and known[name].digest != one.digest
    ]


def draft_of(record: StateRecord) -> Draft:
    return Draft.from_json(
        record.id, record.state, record.body, revision=record.revision, entry_index=record.entry_index
    )


def _require(draft: Draft, states: "frozenset[DraftState] | set[DraftState]", done: str) -> None:
    if draft.state not in states:
        raise DraftError("wrong-state", state=draft.state.value, done=done)
