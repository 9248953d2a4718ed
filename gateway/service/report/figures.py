"""The figures of a year, counted from patterns of entries. Pure.

Invariants: a table says of how many it is, so that its parts can be added up where they exclude each other; what left
is counted where the institution had the record in its care, what its people did where they acted. A redelivery repeats
a disclosure, so it is counted apart. Does not: read the log, suppress (`small_numbers`), or word anything.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from gateway.domain.element import Catalogue
from gateway.service.projection.rows import Pattern, PatternSum

DECIDED: Final = ("referral-released", "referral-partly-released", "referral-refused", "referral-lapsed")
ACTS: Final = (
    "notice-sent",
    "notice-sent-despite-hold",
    "breach-determined",
    "account-for-person",
    "correction-recorded",
    "notation-recorded",
    "flag-signed-off",
    "sample-reviewed",
)
OUTCOMES: Final = ("disclosure", "redelivery", "referral", "denial")


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are codes with their counts, in the order of `columns`. `about_people`: a small count may point to
    somebody, so it is suppressed in what is published. `adds_up`: every one counted is in one row alone."""

    key: str
    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    about_people: bool = True
    adds_up: bool = False


@dataclass(frozen=True, slots=True)
class TimeToDecide:
    """Of the requests that a person decided: how many, and hours (None where there is none)."""

    decided: int
    median_hours: float | None
    ninetieth_hours: float | None


def tables_of(
    sums: Iterable[PatternSum], institution: str, organizations: Mapping[str, str], catalogue: Catalogue
) -> tuple[Table, ...]:
    """Of patterns that the institution had a part in."""
    found = list(sums)
    kept = [one for one in found if organizations.get(one.pattern.custodian or "") == institution]
    acted = [one for one in found if organizations.get(one.pattern.requester) == institution]
    left = [one for one in kept if one.pattern.kind == "disclosure"]

    def recipient(pattern: Pattern) -> Iterable[str]:
        unit = pattern.recipient or pattern.requester
        return (organizations.get(unit, unit),)

    return (
        _counted("received", "outcome", kept, lambda one: (one.kind,), OUTCOMES, adds_up=True),
        _counted("asked", "outcome", acted, lambda one: (one.kind,), OUTCOMES, adds_up=True),
        _counted("by-ground", "ground", left, lambda one: (one.ground or "",), adds_up=True),
        _counted("by-recipient", "organization", left, recipient, adds_up=True),
        _counted("by-purpose", "purpose", left, lambda one: (one.purpose or "",), adds_up=True),
        _counted("by-sensitivity", "sensitivity", left, lambda one: _classes(one, catalogue)),
        _counted("decided", "action", acted, lambda one: one.reasons, DECIDED, adds_up=True),
        _counted("acts", "action", acted, lambda one: one.reasons, ACTS),
    )


def time_to_decide(hours: Sequence[float]) -> TimeToDecide:
    """The 90th percentile is the smallest time within which nine of ten were decided (nearest rank)."""
    if not hours:
        return TimeToDecide(0, None, None)
    ranked = sorted(hours)
    return TimeToDecide(len(ranked), float(median(ranked)), ranked[-(-len(ranked) * 9 // 10) - 1])


def _counted(
    key: str,
    kind: str,
    sums: Iterable[PatternSum],
    codes: Callable[[Pattern], Iterable[str]],
    listed: Sequence[str] | None = None,
    *,
    adds_up: bool = False,
) -> Table:
    """`listed` are the codes to show, in their order; without, all that occur, the most frequent first."""
    counts: Counter[str] = Counter()
    for one in sums:
        for code in dict.fromkeys(codes(one.pattern)):
            counts[code] += one.entries
    names = listed if listed is not None else sorted(counts, key=lambda code: (-counts[code], code))
    return Table(key, kind, ("count",), tuple((code, (counts[code],)) for code in names), adds_up=adds_up)


def _classes(pattern: Pattern, catalogue: Catalogue) -> Iterable[str]:
    known = catalogue.record_types.get(pattern.record_type or "")
    for name, _form in pattern.disclosed:
        element = known.elements.get(name) if known else None
        yield element.sensitivity.value if element else "unknown"
