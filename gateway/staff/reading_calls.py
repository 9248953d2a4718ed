"""The staff calls that read the log for a screen: an entry explained, how far the log is signed, who the parties are.
JSON in, JSON out.

Invariant: what is read is codes and their words; nothing here names a person. Does not: word a reason
(`gateway.service.words.explain`), or read a private part.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Protocol

from audit.encoding import to_base64url
from audit.entry import Entry
from gateway.domain.actor import Actor
from gateway.domain.party import Parties
from gateway.domain.submission import Receipt
from gateway.service.log.standing import SignedLog
from gateway.service.ports import AgreementArchive, EntryArchive
from gateway.service.words.explain import Vocabulary, explain
from gateway.service.words.sentences import BOTH
from gateway.staff.entry_titles import titles_of
from gateway.staff.refusal import WorkRefusedError

Json = Any
MOST_LINES: Final = 200


class LogSizes(Protocol):
    """Raises LogUnavailableError."""

    def head(self) -> tuple[int, bytes]:
        """How many entries there are, and the root of their tree."""

    def signed(self) -> tuple[int, str] | None:
        """How many entries the last checkpoint signs, and the checkpoint; None before the first."""


@dataclass(frozen=True, slots=True)
class ReadingDesk:
    """What these calls read, for the composition root to put together."""

    archive: EntryArchive
    signed: SignedLog
    sizes: LogSizes
    agreements: AgreementArchive
    words: Vocabulary
    parties: Parties


class Desk(Protocol):
    """What these calls need of the staff's desk."""

    @property
    def reading(self) -> ReadingDesk: ...


async def entry_explain(desk: Desk, actor: Actor, *, entry: int) -> Json:
    """An entry in words of both languages, section by section, with the members a screen orders it by."""
    reading = desk.reading
    receipt = await reading.archive.entry(entry) if entry >= 0 else None
    if receipt is None:
        raise WorkRefusedError("unknown-entry", "the log has no entry of this number")
    found = Entry.from_bytes(receipt.entry)
    standing = await asyncio.to_thread(reading.signed.standing, receipt)
    agreement = await asyncio.to_thread(reading.agreements.version, found.agreement.digest) if found.agreement else None
    sections = {
        lang: [asdict(one) for one in explain(entry, found, lang, reading.words, agreement, standing)] for lang in BOTH
    }
    return {
        "entry_index": entry,
        "sections": sections,
        "members": {**_members(found), "concerns": found.refers_to},
        "decision": found.effect is not None,
        "signed": None
        if standing is None
        else {"size": standing.size, "root": to_base64url(standing.root), "origin": standing.origin},
    }


async def entry_bytes(desk: Desk, actor: Actor, *, entry: int) -> Json:
    """The canonical entry, byte for byte: what an outsider verifies."""
    receipt: Receipt | None = await desk.reading.archive.entry(entry) if entry >= 0 else None
    if receipt is None:
        raise WorkRefusedError("unknown-entry", "the log has no entry of this number")
    return {"entry_index": entry, "entry": receipt.entry.decode("utf-8")}


async def entry_lines(desk: Desk, actor: Actor, *, entries: Sequence[int]) -> Json:
    """For each entry that there is, its members and what its codes are called; a line of a list."""
    lines = []
    for index in entries[:MOST_LINES]:
        receipt = await desk.reading.archive.entry(index) if index >= 0 else None
        if receipt is not None:
            found = Entry.from_bytes(receipt.entry)
            lines.append({"entry_index": index, **_members(found), "titles": titles_of(found, desk.reading.words)})
    return lines


async def log_standing(desk: Desk, actor: Actor) -> Json:
    """How many entries the log has, and how many of them the last checkpoint signs."""
    size = (await asyncio.to_thread(desk.reading.sizes.head))[0]
    last = await asyncio.to_thread(desk.reading.sizes.signed)
    return {"size": size, "signed": last[0] if last else 0, "checkpoint": last[1] if last else None}


async def unit_list(desk: Desk, actor: Actor) -> Json:
    """Every unit, its organization and what both are called."""
    return [
        {
            "unit": unit.id,
            "organization": unit.organization,
            "kind": unit.kind.value,
            "regimes": list(unit.regimes),
            "name": {"en": unit.name_en, "fr": unit.name_fr},
            "institution": {"en": unit.institution_en, "fr": unit.institution_fr},
        }
        for unit in desk.reading.parties.units.values()
    ]


async def record_type_list(desk: Desk, actor: Actor) -> Json:
    """Every record type: its custodian, its information bank, and its elements with their sensitivity."""
    return [
        {
            "record_type": code,
            "custodian": one.custodian,
            "information_bank": one.information_bank,
            "title": {"en": one.label_en, "fr": one.label_fr},
            "elements": [
                {
                    "element": part.name,
                    "title": {"en": part.label_en, "fr": part.label_fr},
                    "sensitivity": part.sensitivity.name.lower(),
                }
                for part in one.elements.values()
            ],
        }
        for code, one in desk.reading.words.catalogue.record_types.items()
    ]


READING_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {
    "entry.explain": entry_explain,
    "entry.bytes": entry_bytes,
    "entry.lines": entry_lines,
    "log.standing": log_standing,
    "unit.list": unit_list,
    "record-type.list": record_type_list,
}


def _members(found: Entry) -> dict[str, Any]:
    return {
        "time": found.time,
        "kind": found.kind,
        "effect": found.effect,
        "requester": found.requester,
        "recipient": found.recipient,
        "custodian": found.custodian,
        "record_type": found.record_type,
        "purpose": found.purpose,
        "ground": found.ground,
        "agreement": found.agreement.id if found.agreement else None,
        "disclosed": [{"element": one.element, "form": one.form} for one in found.disclosed],
        "withheld": [{"element": one.element, "reason": one.reason} for one in found.withheld],
        "reasons": list(found.reasons),
        "obligations": [one.code for one in found.obligations],
        "policy_revision": found.policy_revision,
    }
