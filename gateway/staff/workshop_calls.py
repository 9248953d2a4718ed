"""The staff calls of the agreement workshop: a document as data and text, what its codes are called, a guided change.

JSON in, JSON out. Invariant: what is read is the rulebook, which names no person. Does not: judge a draft
(`agreement.check`), or take it further (`draft.submit` and the like).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Protocol

from gateway.domain.actor import Actor
from gateway.service.review.reviewing import Reviewed
from gateway.service.review.workshop import Document
from gateway.service.rulebook.edit import Edit
from gateway.service.rulebook.errors import DraftError
from gateway.staff.rulebook_calls import agreement_row, draft_row, version_of
from gateway.staff.rulebook_desk import RulebookDesk

Json = Any


class Desk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def rulebook(self) -> RulebookDesk: ...


async def workshop_agreement(desk: Desk, actor: Actor, *, agreement: str) -> Json:
    """An agreement in force: its standing, its text as data and as it is written, and who is party to it."""
    state = await desk.rulebook.in_force.require()
    if agreement not in state.agreements:
        raise DraftError("no-such-agreement")
    version = await asyncio.to_thread(version_of, desk, state, agreement)
    row = await agreement_row(desk, state, version)
    path = await desk.rulebook.workshop.path_of(agreement)
    document = await desk.rulebook.workshop.document(path, None)
    return {**row, "path": path, "text": document.text, "content": dict(version.document)}


async def workshop_names(desk: Desk, actor: Actor) -> Json:
    """What every code that an agreement can name is called, and what a form has to know of it."""
    return _names(await desk.rulebook.workshop.rulebook())


async def workshop_documents(desk: Desk, actor: Actor) -> Json:
    """The paths of all documents of the rulebook in force."""
    return list(await desk.rulebook.workshop.paths())


async def workshop_document(desk: Desk, actor: Actor, *, path: str, draft: str | None = None) -> Json:
    """A document in force, or as a draft has it."""
    return _document(await desk.rulebook.workshop.document(path, draft))


async def draft_about(desk: Desk, actor: Actor, *, draft: str) -> Json:
    """A draft with its documents, whose matter it is, and whether the actor wrote any of it."""
    workshop = desk.rulebook.workshop
    found = await desk.rulebook.drafts.find(draft)
    documents = [await workshop.document(path, draft) for path in sorted(found.files)]
    return {
        **draft_row(found),
        "wrote": desk.rulebook.drafts.wrote(actor, found),
        "organizations": sorted(await workshop.concerned(found)),
        "documents": [_document(one) for one in documents],
    }


async def draft_amend(desk: Desk, actor: Actor, *, agreement: str) -> Json:
    """Open a draft of an agreement in force, under its next version number."""
    return draft_row(await desk.rulebook.workshop.amend(actor, agreement))


async def draft_begin(
    desk: Desk, actor: Actor, *, source: str, name: str, title_en: str, title_fr: str, effective: str, expiry: str
) -> Json:
    """Open a draft of a new agreement with the text of another."""
    term = _day(effective, "effective"), _day(expiry, "expiry")
    title = {"en": title_en, "fr": title_fr}
    return draft_row(await desk.rulebook.workshop.begin(actor, source, name, title, term))


async def draft_edit(
    desk: Desk, actor: Actor, *, draft: str, revision: int, path: str, edits: Sequence[Mapping[str, Json]]
) -> Json:
    """Change members of one document of a draft that is at this revision; the rest of its text stays as it is."""
    made = [Edit.from_json(row) for row in edits]
    return draft_row(await desk.rulebook.workshop.edit(actor, draft, revision, path, made))


async def draft_since(desk: Desk, actor: Actor, *, draft: str, path: str, digest: str) -> Json:
    """A document of a draft as it was when it had this digest, and as it is now: what somebody else changed."""
    now = await desk.rulebook.workshop.document(path, draft)
    before = await asyncio.to_thread(desk.rulebook.drafts.file, digest)
    return {"before": before.decode("utf-8", "replace"), "now": now.text or ""}


WORKSHOP_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "workshop.agreement": workshop_agreement,
    "workshop.names": workshop_names,
    "workshop.documents": workshop_documents,
    "workshop.document": workshop_document,
    "draft.about": draft_about,
    "draft.amend": draft_amend,
    "draft.begin": draft_begin,
    "draft.edit": draft_edit,
    "draft.since": draft_since,
}


def _names(found: Reviewed) -> Json:
    words, units = found.words, found.parties.units.values()
    return {
        "organizations": {unit.organization: {"en": unit.institution_en, "fr": unit.institution_fr} for unit in units},
        "units": {
            unit.id: {
                "organization": unit.organization,
                "regimes": list(unit.regimes),
                "name": {"en": unit.name_en, "fr": unit.name_fr},
            }
            for unit in units
        },
        "purposes": {code: dict(title) for code, title in words.purposes.items()},
        "obligations": {code: dict(title) for code, title in words.obligations.items()},
        "provisions": {
            code: {
                "title": dict(row["title"]),
                "instrument": dict(row["instrument"]),
                "section": dict(row["section"]),
                "regimes": list(row["regimes"]),
                "side": row["side"],
                "effect": row["effect"],
            }
            for code, row in found.authorities.items()
        },
        "record_types": {
            code: {
                "name": {"en": one.label_en, "fr": one.label_fr},
                "custodian": one.custodian,
                "personal": one.personal,
                "bank": one.information_bank,
                "identifiers": list(one.identifiers.values()),
                "attributes": dict(one.attributes),
                "elements": {
                    name: {
                        "name": {"en": part.label_en, "fr": part.label_fr},
                        "type": part.type,
                        "sensitivity": part.sensitivity.name.lower(),
                        "options": list(part.options),
                    }
                    for name, part in one.elements.items()
                },
            }
            for code, one in words.catalogue.record_types.items()
        },
    }


def _document(one: Document) -> Json:
    return {
        "path": one.path,
        "digest": one.digest,
        "text": one.text,
        "base": one.base,
        "content": None if one.content is None else dict(one.content),
        "faults": [
            {"line": fault.line, "member": fault.member, "what": {"en": fault.what("en"), "fr": fault.what("fr")}}
            for fault in one.findings
        ],
    }


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DraftError("day", name=name) from None
