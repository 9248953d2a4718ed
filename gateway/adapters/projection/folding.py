"""What the projection takes from an entry: its pattern of codes, and the numbers beside it.

Invariant 6: a pattern is made by `audit.entry.Entry`, whose closed patterns let no personal value in, the first time
its codes are met; later entries are compared with that spelling byte by byte, after their numbers and digests, each of
its own closed form, were taken out. Commitments, digests of requests and seals go nowhere. An entry that is none is
None, not an error. Does not: write anything, or know the tables.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any, Final

from audit import canonical
from audit.entry import AgreementRef, Entry
from audit.errors import AuditError
from audit.vocabulary import parse_time
from gateway.domain.due import OTTAWA
from gateway.service.projection.rows import Pattern

_DIGEST: Final = rb'"[A-Za-z0-9_-]{43}"'
_COMMITMENT: Final = b'"commitment":"'
_DUE: Final = b'"due":"'
_HALVES: Final = b',"private":['
_SECOND: Final = re.compile(
    rb"(?:" + _DIGEST + rb"(?:," + _DIGEST + rb")*)?\]"
    rb'(,"purpose":[^{}]*),"records":(0|[1-9][0-9]{0,15}),"refers_to":(null|0|[1-9][0-9]{0,15})'
    rb',"request_digest":(?:null|' + _DIGEST + rb')(,"requester":"[^"]*")'
    rb'(?:,"state":\[[^\]]*\])?,"time":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}):([0-5][0-9]):([0-5][0-9])'
    rb'\.([0-9]{3})Z"(,"v":1,"withheld":\[[^\]]*\])\}'
)
_HOUR_MS: Final = 3_600_000
_HOURS_KEPT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, in milliseconds since 1970 UTC, with the day in Ottawa as an ordinal and its month."""

    at_ms: int
    day: int
    month: int


@dataclass(frozen=True, slots=True)
class Taken:
    """One entry as the projection keeps it, but for its pattern, which `spelling` stands for."""

    spelling: bytes
    at_ms: int
    day: int
    month: int
    records: int
    refers_to: int | None


class Splitter:
    """Takes an entry's bytes apart; remembers hours, because a log has few. Not for several threads."""

    def __init__(self) -> None:
        self._hours: dict[bytes, Moment] = {}

    def split(self, body: bytes) -> Taken | None:
        """The numbers of an entry and the spelling of its codes; None where it is not laid out like one."""
        first, halved, second = body.partition(_HALVES)
        found = _SECOND.fullmatch(second) if halved else None
        if found is None:
            return None
        codes, records, refers, requester, hour, minute, second_, milli, withheld = found.groups()
        try:
            begun = self._hours.get(hour) or self._begin(hour)
        except ValueError:
            return None
        spelt = _without(_without(first, _COMMITMENT, 43), _DUE, 10)
        hashed = blake2b(b"".join((spelt, codes, requester, withheld)), digest_size=16)
        return Taken(
            hashed.digest(),
            begun.at_ms + int(minute) * 60_000 + int(second_) * 1_000 + int(milli),
            begun.day,
            begun.month,
            int(records),
            None if refers == b"null" else int(refers),
        )

    def _begin(self, hour: bytes) -> Moment:
        """An hour of UTC is within one day of Ottawa, whose offset changes at full hours of UTC."""
        if len(self._hours) >= _HOURS_KEPT:
            self._hours.clear()
        begun = moment_of(datetime.fromisoformat(hour.decode() + ":00:00+00:00"))
        self._hours[hour] = begun
        return begun


def _without(text: bytes, member: bytes, length: int) -> bytes:
    """The text without the values of this member, which all have one length."""
    head, *rest = text.split(member)
    return head + member.join([b"", *[part[length:] for part in rest]]) if rest else head


def moment_of(at: datetime) -> Moment:
    """`at` is aware."""
    day = at.astimezone(OTTAWA).date()
    return Moment(int(at.timestamp()) * 1000 + at.microsecond // 1000, day.toordinal(), month_of(day))


def month_of(day: date) -> int:
    """The number of a day's month; months that follow each other have numbers that do."""
    return day.year * 12 + day.month - 1


def time_of(at_ms: int) -> datetime:
    """The time, aware, UTC."""
    return datetime.fromtimestamp(at_ms // 1000, UTC).replace(microsecond=at_ms % 1000 * 1000)


def strictly(body: bytes) -> Entry | None:
    """The entry, where it is one in every member."""
    try:
        return Entry.from_bytes(body)
    except AuditError:
        return None


def taken(entry: Entry, pattern_body: bytes) -> Taken:
    """The same as `Splitter.split` of an entry that was read."""
    moment = moment_of(parse_time(entry.time))
    spelling = blake2b(pattern_body, digest_size=16).digest()
    return Taken(spelling, moment.at_ms, moment.day, moment.month, entry.records, entry.refers_to)


def pattern_of(entry: Entry) -> Pattern:
    """What the entry says in codes."""
    return Pattern(
        kind=entry.kind,
        requester=entry.requester,
        recipient=entry.recipient,
        custodian=entry.custodian,
        agreement=entry.agreement,
        policy_revision=entry.policy_revision,
        purpose=entry.purpose,
        ground=entry.ground,
        record_type=entry.record_type,
        cardinality=entry.cardinality,
        effect=entry.effect,
        clauses=entry.clauses,
        discloser_authorities=entry.authorities.discloser,
        recipient_authorities=entry.authorities.recipient,
        reasons=entry.reasons,
        disclosed=tuple((part.element, part.form) for part in entry.disclosed),
        withheld=tuple((part.element, part.reason) for part in entry.withheld),
        obligations=tuple(dict.fromkeys(duty.code for duty in entry.obligations)),
    )


def pattern_bytes(pattern: Pattern) -> bytes:
    """A pattern as canonical JSON, as it is kept."""
    agreement = pattern.agreement
    return canonical.encode(
        {
            "kind": pattern.kind,
            "requester": pattern.requester,
            "recipient": pattern.recipient,
            "custodian": pattern.custodian,
            "agreement": [agreement.id, agreement.version, agreement.digest] if agreement else None,
            "policy_revision": pattern.policy_revision,
            "purpose": pattern.purpose,
            "ground": pattern.ground,
            "record_type": pattern.record_type,
            "cardinality": pattern.cardinality,
            "effect": pattern.effect,
            "clauses": list(pattern.clauses),
            "discloser_authorities": list(pattern.discloser_authorities),
            "recipient_authorities": list(pattern.recipient_authorities),
            "reasons": list(pattern.reasons),
            "disclosed": [list(pair) for pair in pattern.disclosed],
            "withheld": [list(pair) for pair in pattern.withheld],
            "obligations": list(pattern.obligations),
        }
    )


def pattern_from(body: bytes) -> Pattern:
    """The pattern that was kept."""
    members: Mapping[str, Any] = canonical.parse(body)
    kept: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in members.items()}
    kept["agreement"] = AgreementRef(*kept["agreement"]) if kept["agreement"] else None
    for name in ("disclosed", "withheld"):
        kept[name] = tuple((code, detail) for code, detail in kept[name])
    return Pattern(**kept)
