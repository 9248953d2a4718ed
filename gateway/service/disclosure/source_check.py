"""A source is not believed (invariant 11): what it returns is the record that was asked for, or nothing leaves.

A source may be compromised, stale, or declared over the wrong table. Each record says by which values it was found; one
of them, in its canonical spelling, has to be the value asked for. The records of one look-up name one data subject, and
name it readably; those of a page meet the filters, once each. What a record itself says of its custodian or program has
to be what the catalogue declares. A doubt is a code of this module: it goes to the entry's private part and to the
security log. Outwardly it is a record that is not there (invariant 7).
Does not: read a source, or look at values that nobody asked by.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol

from audit.canonical import JsonValue
from gateway.domain.element import RecordType
from gateway.domain.errors import GatewayError
from gateway.domain.names import look_up_name
from gateway.domain.record import SourceRecord
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.domain.value import fits

MOST_RECORDS: Final = 50
"""Records that one identifier may lead to."""

OTHER_RECORD: Final = "source-gave-another-record"
OTHER_FILTER: Final = "source-gave-what-was-filtered-out"
UNREADABLE_SUBJECT: Final = "data-subject-unreadable"
SEVERAL_SUBJECTS: Final = "several-data-subjects"
TOO_MANY: Final = "too-many-records"
REPEATED: Final = "record-repeated"
OTHER_PROVENANCE: Final = "source-gave-another-provenance"
UNFIT_ATTRIBUTE: Final = "record-attribute-unfit"
NOT_BELIEVED: Final = "not-believed"
"""The private outcome of a request whose records raised a doubt."""

Normalise = Callable[[str, str], str]
"""From scheme and value to the canonical spelling. Raises IdentifierError, UnknownSchemeError."""


class SourceAlarm(Protocol):
    """Told of every doubt, so that somebody looks at the source."""

    def __call__(self, record_type: str, doubt: str) -> None: ...


class SourceCheck:
    """Holds records against what was asked; keeps nothing."""

    def __init__(self, normalise: Normalise, alarm: SourceAlarm) -> None:
        self._normalise = normalise
        self._alarm = alarm

    def looked_up(
        self, target: SubjectIdentifier, record_type: RecordType, records: Sequence[SourceRecord]
    ) -> str | None:
        """The doubt about the records of a look-up, or None. The alarm was told."""
        return self._told(record_type, self._doubt_of_look_up(target, record_type, records))

    def listed(self, query: ListQuery, record_type: RecordType, records: Sequence[SourceRecord]) -> str | None:
        """The doubt about the records of a page, or None. The alarm was told."""
        return self._told(record_type, self._doubt_of_page(query, record_type, records))

    def readable(
        self, record_type: RecordType, records: Sequence[SourceRecord]
    ) -> tuple[tuple[SourceRecord, ...], tuple[str, ...]]:
        """The records whose attributes can be read, and the doubts about the others: an attribute that is no value of
        its type may be the one that protects."""
        kept = tuple([record for record in records if _attributes_fit(record_type, record)])
        if len(kept) == len(records):
            return kept, ()
        self._alarm(record_type.id, UNFIT_ATTRIBUTE)
        return kept, (UNFIT_ATTRIBUTE,) * (len(records) - len(kept))

    def _told(self, record_type: RecordType, doubt: str | None) -> str | None:
        if doubt is not None:
            self._alarm(record_type.id, doubt)
        return doubt

    def _doubt_of_look_up(
        self, target: SubjectIdentifier, record_type: RecordType, records: Sequence[SourceRecord]
    ) -> str | None:
        if len(records) > MOST_RECORDS:
            return TOO_MANY
        for record in records:
            if target.value not in record.found_by and not self._is_one(target.scheme, target.value, record.found_by):
                return OTHER_RECORD
        subjects = {self._subject(record_type, record) for record in records}
        if "" in subjects:
            return UNREADABLE_SUBJECT
        return SEVERAL_SUBJECTS if len(subjects) > 1 else _doubt_of_any(record_type, records)

    def _doubt_of_page(self, query: ListQuery, record_type: RecordType, records: Sequence[SourceRecord]) -> str | None:
        if len(records) > query.limit:
            return TOO_MANY
        for record in records:
            if not all(_is_text(record.values.get(name), value) for name, value in query.filter.items()):
                return OTHER_FILTER
            if not self._subject(record_type, record):
                return UNREADABLE_SUBJECT
        return _doubt_of_any(record_type, records)

    def _is_one(self, scheme: str, asked: str, found: Iterable[JsonValue]) -> bool:
        return any(isinstance(value, str) and self._same(scheme, asked, value) for value in found)

    def _same(self, scheme: str, asked: str, value: str) -> bool:
        return value == asked or self._canonical(scheme, value) == asked or look_up_name(value) == look_up_name(asked)

    def _subject(self, record_type: RecordType, record: SourceRecord) -> str | None:
        """Whom the record is about in the canonical spelling; "" where that cannot be read, None where nobody is."""
        if record_type.subject is None:
            return "nobody"
        value = record.values.get(record_type.identifiers[record_type.subject])
        return self._canonical(record_type.subject, value) if isinstance(value, str) else ""

    def _canonical(self, scheme: str, value: str) -> str:
        try:
            return self._normalise(scheme, value)
        except GatewayError:
            return ""


def _doubt_of_any(record_type: RecordType, records: Sequence[SourceRecord]) -> str | None:
    if len(records) > 1 and len({record.reference for record in records}) != len(records):
        return REPEATED
    for record in records:
        if record.provenance and _is_elsewhere(record_type, record):
            return OTHER_PROVENANCE
    return None


def _is_elsewhere(record_type: RecordType, record: SourceRecord) -> bool:
    declared = {"custodian": record_type.custodian, "program": record_type.program, "regime": record_type.regime}
    return any(value != declared.get(name) for name, value in record.provenance.items())


def _is_text(value: JsonValue, asked: str) -> bool:
    """Whether an element's value is the one that the filter wrote as text."""
    if isinstance(value, bool):
        return asked == ("true" if value else "false")
    if isinstance(value, int):
        return asked.isascii() and asked.isdecimal() and int(asked) == value
    return isinstance(value, str) and (value == asked or look_up_name(value) == look_up_name(asked))


def _attributes_fit(record_type: RecordType, record: SourceRecord) -> bool:
    for element in record_type.attributes.values():
        if element in record.unfit or not fits(record.values.get(element), record_type.elements[element]):
            return False
    return True
