"""A correction of a person's record, or a notation that one was refused: everybody who received the element is told.

Invariant: whoever received one of the elements from the custodian within the window of its Act has a duty and a draft
in the entry that puts the correction on record, or nothing is on record: the look-up is whole (`completeness`). A draft
names the person as that recipient does, never by an identifier that it was not given, and says no value.
Privacy Act 12(2)(c) and Regulations, s.11: two years before the request for correction, told within 30 days of it.
FIPPA 47(2)(c), MFIPPA 36(2)(c): one year; the Acts name no day, so the gateway takes the same 30. Who received the
element since the request is told as well, because what they have is as wrong.
Does not: correct a record, tell the person, or send anything (a recipient asks again for the value as it is now).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Final, Literal, Protocol, get_args

from audit.vocabulary import parse_time
from gateway.domain.access_law import AccessLaw, access_law
from gateway.domain.actor import Actor
from gateway.domain.due import OTTAWA, end_of_day
from gateway.domain.element import Catalogue, RecordType
from gateway.domain.errors import GatewayError
from gateway.domain.ground import Ground
from gateway.domain.party import Parties, Unit
from gateway.domain.submission import ObligationDue, Receipt
from gateway.domain.target import SubjectIdentifier
from gateway.service.log.completeness import Completeness
from gateway.service.log.staff_action import listed_codes, put_on_record, staff_submission
from gateway.service.obligation.due import stated
from gateway.service.obligation.notices import Notice, notice_as_json
from gateway.service.person.lookup import Access, PersonIndex, whole_accesses
from gateway.service.ports import Clock, DisclosureLog

NOT_COMPLETE: Final = "the list of who received it would not be complete, so nothing is on record"
DUTY: Final = "notify-correction"
TOLD_WITHIN: Final = 30
"""Days from the request for correction (Privacy Regulations, s.11(2) and (4)); in Ontario the gateway's own."""

CorrectionKind = Literal["correction", "notation"]
KINDS: Final[tuple[CorrectionKind, ...]] = get_args(CorrectionKind)
"""A correction that was made; or one that was refused, so that a notation (Ontario: a statement of disagreement) stands
with the record."""


@dataclass(frozen=True, slots=True)
class Window:
    """How many years before the request for correction a recipient is told of it, and the provision that says so."""

    provision: str
    years: int


WINDOWS: Final[Mapping[AccessLaw, Window]] = {
    "privacy-act": Window("PA-12-2-c", 2),
    "fippa": Window("FIPPA-47-2-c", 1),
    "mfippa": Window("MF-36-2-c", 1),
}


class CorrectionError(GatewayError):
    """The correction cannot be put on record; `code` says why, and the message names the member."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Received:
    """One answer that a recipient got: its entry, its time (UTC), and the corrected elements that were in it."""

    entry_index: int
    at: datetime
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """What one notice states, in codes. `subjects` are the identifiers by which this recipient knows the person, empty
    where it got a list without one; `received` is ordered by time; `amends` says that the recipient is a federal
    institution, which has to correct its own copies (Privacy Act 12(2)(c)(ii))."""

    kind: CorrectionKind
    custodian: str
    law: AccessLaw
    provision: str
    recipient: str
    record_type: str
    requested_on: date
    subjects: tuple[SubjectIdentifier, ...] = field(repr=False)
    received: tuple[Received, ...]
    amends: bool


class CorrectionDrafting(Protocol):
    def draft_correction(self, facts: CorrectionFacts) -> Notice:
        """The notice to one recipient. Raises NoticeError."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """On record: the entry, and in the order of its duties each notice with its due time (UTC)."""

    receipt: Receipt
    due: datetime
    notices: tuple[Notice, ...]


class Corrections:
    """The use case."""

    def __init__(
        self,
        index: PersonIndex,
        log: DisclosureLog,
        clock: Clock,
        *,
        completeness: Completeness,
        drafting: CorrectionDrafting,
        parties: Parties,
        catalogue: Catalogue,
    ) -> None:
        self._index = index
        self._log = log
        self._clock = clock
        self._completeness = completeness
        self._drafting = drafting
        self._parties = parties
        self._catalogue = catalogue

    async def __call__(
        self,
        identifiers: Sequence[SubjectIdentifier],
        *,
        kind: CorrectionKind,
        record_type: str,
        elements: Sequence[str],
        requested_on: date,
        actor: Actor,
    ) -> Recorded:
        """Put on record that elements of a person's records of one type were corrected, or a notation made, on a
        request of the legal day `requested_on`; the duty to tell each recipient, and its draft.

        Raises CorrectionError, NoticeError, NotCompleteError, LogUnavailableError; nothing is on record then."""
        now, known = self._clock.now(), tuple(identifiers)
        acting, kept, law, names = self._what(actor.unit, record_type, elements)
        window = WINDOWS[law]
        accesses = await whole_accesses(self._index, self._completeness, known, NOT_COMPLETE)
        found = self._received(accesses, acting, kept, names, _begin(requested_on, window.years))
        notices = tuple(
            self._drafting.draft_correction(
                CorrectionFacts(
                    kind, actor.unit, law, window.provision, recipient, record_type, requested_on, subjects, received,
                    amends=law == "privacy-act" and access_law(self._parties.find(recipient)) == "privacy-act",
                )
            )
            for recipient, (subjects, received) in found.items()
        )  # fmt: skip
        due = end_of_day(datetime.combine(requested_on, time(12), OTTAWA), TOLD_WITHIN)
        duties = tuple(ObligationDue(DUTY, actor.unit, due) for _notice in notices)
        made = staff_submission(
            action="correction-recorded" if kind == "correction" else "notation-recorded",
            kind="correction",
            actor=actor,
            now=now,
            authority=window.provision,
            subject=known[0],
            also_known_as=known,
            details={
                "record_type": record_type,
                "elements": list(names),
                "requested_on": requested_on.isoformat(),
                "notices": [notice_as_json(notice) for notice in notices],
                "duties_on": [duty.on for duty in duties],
            },
        )
        entry = replace(made.entry, custodian=kept.custodian, record_type=record_type, obligations=stated(duties))
        submission = replace(made, entry=entry, obligations=duties)
        return Recorded(await put_on_record(self._log, submission, "the correction"), due, notices)

    def _what(
        self, unit: str, record_type: str, elements: Sequence[str]
    ) -> tuple[Unit, RecordType, AccessLaw, tuple[str, ...]]:
        """The acting unit, the record type, the unit's Act, and the elements, each once. Raises CorrectionError."""
        acting = self._parties.find(unit)
        if acting is None:
            raise CorrectionError("party-unknown", "unit: it is not known")
        law = access_law(acting)
        if law is None:
            raise CorrectionError(
                "no-access-law", "unit: it is not under the Privacy Act, FIPPA or MFIPPA, whose corrections these are"
            )
        kept = self._catalogue.find(record_type)
        if kept is None or not self._ours(acting, kept):
            raise CorrectionError("record-type-unknown", "record-type: name one that your institution is custodian of")
        names = tuple(dict.fromkeys(elements))
        if not names:
            raise CorrectionError("element-missing", "element: name at least one that was corrected")
        unknown = [name for name in names if name not in kept.elements]
        if unknown:
            raise CorrectionError("element-unknown", f"element: the record type does not have {listed_codes(unknown)}")
        return acting, kept, law, names

    def _ours(self, acting: Unit, kept: RecordType) -> bool:
        custodian = self._parties.find(kept.custodian)
        return custodian is not None and custodian.organization == acting.organization

    def _received(
        self, accesses: Sequence[Access], acting: Unit, kept: RecordType, names: Sequence[str], since: datetime
    ) -> Mapping[str, tuple[tuple[SubjectIdentifier, ...], tuple[Received, ...]]]:
        """By recipient, in the order of the first answer: how it named the person, and what it got. The person's own
        copy is left out: they asked for the correction, and are answered."""
        found: dict[str, tuple[dict[SubjectIdentifier, None], dict[int, Received]]] = {}
        for access in accesses:
            entry = access.entry
            at = parse_time(entry.time)
            got = tuple(item.element for item in entry.disclosed if item.element in names)
            if entry.record_type != kept.id or not got or at < since:
                continue
            if entry.recipient is None or entry.ground == Ground.OWN_INFORMATION:
                continue
            custodian = self._parties.find(entry.custodian or "")
            if custodian is None or custodian.organization != acting.organization:
                continue
            subjects, received = found.setdefault(entry.recipient, ({}, {}))
            subjects.update(dict.fromkeys(_known_as(access, kept)))
            received[access.entry_index] = Received(access.entry_index, at, got)
        return {
            recipient: (tuple(subjects), tuple(received.values())) for recipient, (subjects, received) in found.items()
        }


def _known_as(access: Access, kept: RecordType) -> Sequence[SubjectIdentifier]:
    """How the recipient knows the person: as it asked; of a page of records, by the identifier that it got as it is."""
    named = (access.private or {}).get("subject")
    if not named:
        return []
    subject = SubjectIdentifier(named["scheme"], named["value"])
    if access.entry.cardinality == "list":
        element = kept.identifiers.get(subject.scheme)
        plain = [item.element for item in access.entry.disclosed if item.form == "plain"]
        return [subject] if element in plain else []
    return [subject]


def _begin(requested_on: date, years: int) -> datetime:
    """The start of the same day so many years before, in Ottawa; of 28 February for the 29th, a day more than less."""
    day = requested_on
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return datetime.combine(day.replace(year=day.year - years), time(), OTTAWA)
