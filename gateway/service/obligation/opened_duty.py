"""A duty of the work list with what its entry and the entry's private parts say about it: draft, people, facts.

Invariant: a private part is opened for the draft and the people of one duty; what a list shows of it is only to whom a
draft goes and which provision demands it, which names no person. Does not: mark anything, or put a reading on record
(`gateway.service.obligation.work_list`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from audit.entry import Entry
from audit.vocabulary import parse_time
from gateway.domain.access_law import AccessLaw
from gateway.domain.errors import LogUnavailableError
from gateway.domain.private_record import PrivateRecord
from gateway.domain.submission import ObligationRef, Receipt
from gateway.domain.target import SubjectIdentifier, separate_file
from gateway.service.obligation.notices import Notice, NoticeFacts, notice_of_json

_APART: Final = separate_file(SubjectIdentifier("", "")).scheme


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One obligation. `unit` is bound; `due` and `done_at` are UTC in whole seconds; without `due` it is a standing
    duty, which no day ends."""

    ref: ObligationRef
    code: str
    unit: str
    due: datetime | None
    done_at: datetime | None


class Archive(Protocol):
    """Raises LogUnavailableError."""

    async def entry(self, entry_index: int) -> Receipt | None: ...

    async def part(self, entry_index: int, number: int) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class OpenedDuty:
    """An obligation, its entry, its draft where the private parts keep one, and the people it is about, as the requests
    named them, also where they are filed apart."""

    row: WorkRow
    entry: Entry
    notice: Notice | None
    subjects: tuple[SubjectIdentifier, ...] = field(repr=False)

    @property
    def filed(self) -> SubjectIdentifier | None:
        """Under whom an act on it is filed: apart, where the request must not tip the person off."""
        if not self.subjects:
            return None
        first = self.subjects[0]
        return separate_file(first) if self.entry.ground == "investigative-request" else first

    def facts(self, law: AccessLaw | None) -> NoticeFacts:
        """What the entry itself says; what only the decision-maker knew stays empty, and a notice that needs it fails.
        `law` is the custodian's Act."""
        entry, subjects = self.entry, self.subjects
        return NoticeFacts(
            custodian=entry.custodian or "",
            recipient=entry.recipient or "",
            provisions=entry.authorities.discloser,
            elements=tuple(item.element for item in entry.disclosed),
            record_type=entry.record_type or "",
            purpose=entry.purpose or "",
            ground=entry.ground or "",
            decided_at=parse_time(entry.time),
            because="",
            subject=SubjectIdentifier(
                subjects[0].scheme if subjects else "", ", ".join(dict.fromkeys(one.value for one in subjects))
            ),
            address=None,
            address_kind=None,
            before_release=False,
            entry_index=self.row.ref.entry_index,
            law=law,
        )


async def entry_of(archive: Archive, entry_index: int) -> Entry:
    """The entry a row came with. Raises LogUnavailableError."""
    receipt = await archive.entry(entry_index)
    if receipt is None:
        raise LogUnavailableError("the work list names an entry that the log does not have")
    return Entry.from_bytes(receipt.entry)


async def open_duty(archive: Archive, row: WorkRow, of_entry: Sequence[WorkRow]) -> OpenedDuty:
    """Open a duty; `of_entry` are the duties of its entry, by position. Raises LogUnavailableError."""
    entry = await entry_of(archive, row.ref.entry_index)
    bodies = [await _body(archive, row.ref.entry_index, number) for number in range(len(entry.private))]
    drafted = [notice_of_json(kept) for body in bodies for kept in _kept(body) if kept["code"] == row.code]
    # Drafts stand in the order of the obligations they belong to: the second report is the second draft.
    nth = sum(one.code == row.code and one.ref.position < row.ref.position for one in of_entry)
    notice = drafted[min(nth, len(drafted) - 1)] if drafted else None
    named = [body["subject"] for body in bodies if body.get("subject")]
    subjects = (SubjectIdentifier(one["scheme"].removeprefix(_APART), one["value"]) for one in named)
    return OpenedDuty(row, entry, notice, tuple(subjects))


async def _body(archive: Archive, entry_index: int, number: int) -> Mapping[str, Any]:
    plaintext = await archive.part(entry_index, number)
    return {} if plaintext is None else PrivateRecord.opened(plaintext).body


def _kept(body: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    kept: Sequence[Mapping[str, Any]] = body.get("notices") or (body.get("details") or {}).get("notices") or ()
    return kept
