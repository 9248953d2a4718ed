"""What the projection of the log answers: rows, patterns, groups, and how far it is.

A pattern is everything that an entry says in codes, without when it was and what stands for its person: entries of a
deployment have few patterns, so counting patterns counts entries. Invariant: codes, counts and times only.
Does not: say what the log says of one entry with authority (the log does, `gateway explain`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.entry import AgreementRef, Cardinality, Effect, Kind
from audit.vocabulary import format_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What an entry says in codes. `disclosed` is element and form, `withheld` element and reason; `obligations` are
    codes, without their days, which the table of duties has."""

    kind: Kind
    requester: str
    recipient: str | None = None
    custodian: str | None = None
    agreement: AgreementRef | None = None
    policy_revision: str | None = None
    purpose: str | None = None
    ground: str | None = None
    record_type: str | None = None
    cardinality: Cardinality | None = None
    effect: Effect | None = None
    clauses: tuple[str, ...] = ()
    discloser_authorities: tuple[str, ...] = ()
    recipient_authorities: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    disclosed: tuple[tuple[str, str], ...] = ()
    withheld: tuple[tuple[str, str], ...] = ()
    obligations: tuple[str, ...] = ()

    @property
    def requested(self) -> tuple[str, ...]:
        """The elements that were asked for, sorted: what left and what did not."""
        return tuple(sorted(name for name, _ in (*self.disclosed, *self.withheld)))


@dataclass(frozen=True, slots=True)
class Row:
    """One entry. An organization is that of the unit today, None for a unit that no register knows."""

    entry_index: int
    at: datetime
    pattern: Pattern
    records: int
    refers_to: int | None
    requester_organization: str | None = None
    recipient_organization: str | None = None
    custodian_organization: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For a staff call and an export: one member for each column, lists as lists."""
        pattern, agreement = self.pattern, self.pattern.agreement
        return {
            "entry_index": self.entry_index,
            "time": format_time(self.at),
            "kind": pattern.kind,
            "requester": pattern.requester,
            "requester_organization": self.requester_organization,
            "recipient": pattern.recipient,
            "recipient_organization": self.recipient_organization,
            "custodian": pattern.custodian,
            "custodian_organization": self.custodian_organization,
            "agreement": agreement.id if agreement else None,
            "agreement_version": agreement.version if agreement else None,
            "agreement_digest": agreement.digest if agreement else None,
            "clauses": list(pattern.clauses),
            "purpose": pattern.purpose,
            "ground": pattern.ground,
            "record_type": pattern.record_type,
            "cardinality": pattern.cardinality,
            "requested": list(pattern.requested),
            "disclosed": [{"element": element, "form": form} for element, form in pattern.disclosed],
            "withheld": [{"element": element, "reason": reason} for element, reason in pattern.withheld],
            "effect": pattern.effect,
            "reasons": list(pattern.reasons),
            "discloser_authorities": list(pattern.discloser_authorities),
            "recipient_authorities": list(pattern.recipient_authorities),
            "obligations": list(pattern.obligations),
            "records": self.records,
            "refers_to": self.refers_to,
            "policy_revision": pattern.policy_revision,
        }


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, newest first. `before` asks for the next page, None at the end; `up_to` entries of the log were read."""

    rows: tuple[Row, ...]
    before: int | None
    up_to: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many entries, and how many records they disclosed together."""

    entries: int
    records: int
    up_to: int


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that have the same values in the columns that were grouped by; a value is None where they name nothing.
    An entry that names several values of a list is in the group of each."""

    values: tuple[str | None, ...]
    entries: int
    records: int
    last: datetime
    last_index: int


@dataclass(frozen=True, slots=True)
class Groups:
    """By period the newest first, else the largest first; `left_off` tells that there are more."""

    groups: tuple[Group, ...]
    left_off: bool
    up_to: int


@dataclass(frozen=True, slots=True)
class PatternSum:
    """A pattern with the entries that have it."""

    pattern: Pattern
    entries: int
    records: int
    first_index: int
    last_index: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the projection is: it has read `up_to` of `size` entries, and `unreadable` of those made no row.

    `lag_seconds` is how long the first entry that it has not read has been there (0 where it has read all). `newest`
    is the time of the last entry read, `oldest` that of the first. `generation` counts how often it was begun anew."""

    up_to: int
    size: int
    unreadable: int
    oldest: datetime | None
    newest: datetime | None
    lag_seconds: float
    generation: int
    patterns: int

    @property
    def whole(self) -> bool:
        """Whether every entry of the log was read."""
        return self.up_to >= self.size

    def as_json(self) -> dict[str, Any]:
        """For a staff call."""
        return {
            "up_to": self.up_to,
            "size": self.size,
            "behind": max(0, self.size - self.up_to),
            "lag_seconds": round(self.lag_seconds, 1),
            "unreadable": self.unreadable,
            "oldest": format_time(self.oldest) if self.oldest else None,
            "newest": format_time(self.newest) if self.newest else None,
            "generation": self.generation,
            "patterns": self.patterns,
        }


Organizations = Mapping[str, str]
"""The organization of each unit."""
