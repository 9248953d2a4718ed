"""What differs between two versions of an agreement, as values: what becomes possible, what no longer is, and the text.

Invariant: a comparison that finds something possible that was not is `wider`, and names for each such difference one
request that shows it. Does not: decide (`compare`), or word anything (`compare_words`).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from gateway.domain.element import Form
from gateway.service.review.grid import Circumstance, Scope

Value: TypeAlias = str | bool | None


class Kind(StrEnum):
    """How what may go differs. The first four let something out that stayed before."""

    NEW = "new"
    WIDER = "wider"
    FULLER = "fuller-form"
    OTHER_FORM = "other-form"
    GONE = "gone"
    NARROWER = "narrower"
    COARSER = "coarser-form"

    @property
    def opens(self) -> bool:
        return self in {Kind.NEW, Kind.WIDER, Kind.FULLER, Kind.OTHER_FORM}


class Level(StrEnum):
    """What it is that is new or gone: the purpose, its records, a recipient of them, or single elements."""

    PURPOSE = "purpose"
    RECORD_TYPE = "record-type"
    RECIPIENT = "recipient"
    ELEMENT = "element"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a moment until another, not among them."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Bound:
    """One respect in which circumstances count. `respect` is `cardinality`, `case-reference`, `requester`, `record`
    (then `attribute` names it), `time`, `along`, or `combination` where only several together do.

    `values` are those that count; a value None of a record stands for any that no rule or condition names, and `others`
    are those named that do not count."""

    respect: str
    values: tuple[Value, ...] = ()
    others: tuple[Value, ...] = ()
    periods: tuple[Period, ...] = ()
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """One element with the form it leaves in under the old and the new version; None where it does not."""

    element: str
    old: Form | None
    new: Form | None


@dataclass(frozen=True, slots=True)
class Example:
    """A request that shows the difference, decided otherwise under the two versions."""

    scope: Scope
    elements: tuple[str, ...]
    circumstance: Circumstance


@dataclass(frozen=True, slots=True)
class Difference:
    """What recipients may have and could not, or could and may not.

    `bounds` are the circumstances: under which a new thing goes, or to which a known one was widened or narrowed. Where
    `everywhere`, all that the agreement lets go is concerned alike; where `whole`, all elements of the scope are."""

    kind: Kind
    level: Level
    purpose: str
    record_type: str
    custodian: str
    recipients: tuple[str, ...]
    elements: tuple[Changed, ...]
    bounds: tuple[Bound, ...]
    whole: bool
    everywhere: bool
    example: Example


class Tendency(StrEnum):
    """Whether a change of the text loosens or tightens what it is about, where that can be said."""

    LOOSER = "looser"
    STRICTER = "stricter"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class TextChange:
    """One change of the text. `code` says of what; `purpose` and `clause` where, if not in the base agreement;
    `old` and `new` are the content, None where there is or was none; `language` where only one was changed;
    `without_effect` where it seems to let more go and nothing becomes possible of what it names."""

    code: str
    tendency: Tendency
    purpose: str | None
    clause: str | None
    subject: str | None
    old: Any
    new: Any
    language: str | None = None
    without_effect: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences: first what becomes possible, then what no longer is, each in the order of the agreement."""

    differences: tuple[Difference, ...]
    text: tuple[TextChange, ...]

    @property
    def wider(self) -> bool:
        """Something becomes possible that was not."""
        return any(difference.kind.opens for difference in self.differences)

    @property
    def same(self) -> bool:
        return not self.differences and not self.text
