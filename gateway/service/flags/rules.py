"""The rules: from what was seen to flags. Pure; each rule is one function and says what is out of the ordinary.

A habit is the middle (median) of the days before, of the same kind (a working day or not), on which the partner asked
(after hours: of all such days); a partner who asked on too few days has none, and is only held to what needs no habit.
Invariants: exactly at a threshold there is a flag, just below there is none; a redelivery counts as the request it is.
Does not: know what was signed off, or block anything.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Final

from gateway.domain.due import legal_day
from gateway.domain.working_hours import OfficeHours, is_working_day
from gateway.service.flags.flag import MOST_LISTED, Flag, FlagKind
from gateway.service.flags.seen import REQUESTS, HourSum, SeenRequest
from gateway.service.flags.thresholds import Thresholds

_REFUSED: Final = frozenset({"denial"})


@dataclass(slots=True)
class _Sum:
    """Requests, and the entries between which they are."""

    entries: int = 0
    first: int = 1 << 62
    last: int = -1

    def add(self, entries: int, first: int, last: int) -> None:
        self.entries += entries
        self.first = min(self.first, first)
        self.last = max(self.last, last)


@dataclass(slots=True)
class _Day:
    """A partner's day."""

    all: _Sum = field(default_factory=_Sum)
    late: _Sum = field(default_factory=_Sum)
    refused: _Sum = field(default_factory=_Sum)
    elements: dict[str, _Sum] = field(default_factory=lambda: defaultdict(_Sum))


Days = Mapping[str, Mapping[date, _Day]]


@dataclass(frozen=True, slots=True)
class Looking:
    """For whom, at which days (both included), from where on."""

    institution: str
    first: date
    last: date
    limits: Thresholds

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=one) for one in range((self.last - self.first).days + 1)]


def of_hours(rows: Iterable[HourSum], looking: Looking) -> Iterator[Flag]:
    """Volume, after hours, elements and refusals, of requests that the institution has a part in."""
    days = _days(rows, looking.limits)
    for partner, found in sorted(days.items()):
        for day in looking.days:
            today = found.get(day)
            if today is not None:
                habit = _Habit(found, day, looking.limits)
                yield from _of_day(partner, day, today, habit, looking)


def of_requests(rows: Iterable[SeenRequest], looking: Looking) -> Iterator[Flag]:
    """One case asked about by many, closed cases, one officer who stands out."""
    cases: dict[str, list[SeenRequest]] = defaultdict(list)
    closed: dict[tuple[str, date], list[SeenRequest]] = defaultdict(list)
    officers: dict[str, dict[str, dict[date, list[SeenRequest]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for one in rows:
        day = legal_day(one.at)
        if one.officer is not None:
            officers[one.requester][one.officer][day].append(one)
        if not looking.first <= day <= looking.last:
            continue
        if one.case is not None:
            cases[one.case].append(one)
        if one.closed:
            closed[one.requester, day].append(one)
    yield from _one_case(cases, looking)
    for (partner, day), found in sorted(closed.items()):
        if len(found) >= looking.limits.closed_least:
            yield _listed(FlagKind.CLOSED_CASE, looking, partner, day, {"count": len(found)}, found)
    for partner, people in sorted(officers.items()):
        yield from _one_officer(partner, people, looking)


def _days(rows: Iterable[HourSum], limits: Thresholds) -> Days:
    office = OfficeHours(limits.office_begins, limits.office_ends)
    days: dict[str, dict[date, _Day]] = defaultdict(lambda: defaultdict(_Day))
    for row in rows:
        if row.pattern.kind not in REQUESTS:
            continue
        span = (row.entries, row.first_index, row.last_index)
        day = days[row.pattern.requester][legal_day(row.begins)]
        day.all.add(*span)
        if not office.are_open(row.begins):
            day.late.add(*span)
        if row.pattern.kind in _REFUSED:
            day.refused.add(*span)
        for element in row.pattern.requested:
            day.elements[element].add(*span)
    return days


@dataclass(frozen=True, slots=True)
class _Habit:
    """What a partner did in the days before a day."""

    days: Mapping[date, _Day]
    day: date
    limits: Thresholds

    def before(self) -> list[tuple[date, _Day]]:
        span = (self.day - timedelta(days=back) for back in range(1, self.limits.habit_days + 1))
        return [(day, self.days[day]) for day in span if day in self.days]

    @property
    def there(self) -> bool:
        return len(self.before()) >= self.limits.habit_least_days

    @property
    def usual(self) -> float | None:
        """The middle of the days of the same kind on which it asked; 0 where it asked on none of these."""
        if not self.there:
            return None
        kind = is_working_day(self.day)
        alike = [one.all.entries for day, one in self.before() if is_working_day(day) == kind]
        return float(median(alike)) if alike else 0.0

    @property
    def usual_late(self) -> float | None:
        """The middle of all days of the same kind: one without a request after hours is what most partners have."""
        if not self.there:
            return None
        kind, none = is_working_day(self.day), _Day()
        span = (self.day - timedelta(days=back) for back in range(1, self.limits.habit_days + 1))
        alike = [self.days.get(day, none).late.entries for day in span if is_working_day(day) == kind]
        return float(median(alike)) if alike else 0.0


def _of_day(partner: str, day: date, today: _Day, habit: _Habit, looking: Looking) -> Iterator[Flag]:
    limits = looking.limits
    usual = habit.usual
    if usual is not None and today.all.entries >= max(limits.volume_least, limits.volume_factor * usual):
        yield _summed(FlagKind.VOLUME, looking, partner, day, today.all, usual=usual)
    late = habit.usual_late
    if late is not None and today.late.entries >= max(limits.after_hours_least, limits.after_hours_factor * late):
        yield _summed(FlagKind.AFTER_HOURS, looking, partner, day, today.late, usual=late)
    refused = today.refused.entries
    if refused >= max(limits.refusals_least, limits.refusals_share * today.all.entries):
        yield _summed(FlagKind.REFUSALS, looking, partner, day, today.refused, of=today.all.entries)
    if habit.there:
        known = {element for _day, one in habit.before() for element in one.elements}
        for element, found in sorted(today.elements.items()):
            if element not in known and found.entries >= limits.element_least:
                figures = {"count": float(found.entries), "days": float(limits.habit_days)}
                yield Flag(
                    FlagKind.NEW_ELEMENT, looking.institution, partner, day, figures, found.first, found.last, element
                )


def _one_case(cases: Mapping[str, list[SeenRequest]], looking: Looking) -> Iterator[Flag]:
    for token, found in sorted(cases.items()):
        askers = {(one.requester, one.officer) for one in found}
        if len(askers) >= looking.limits.case_askers:
            figures = {"askers": len(askers), "units": len({unit for unit, _ in askers}), "count": len(found)}
            day = legal_day(max(one.at for one in found))
            yield _listed(FlagKind.ONE_CASE, looking, None, day, figures, found, token)


def _one_officer(
    partner: str, people: Mapping[str, Mapping[date, list[SeenRequest]]], looking: Looking
) -> Iterator[Flag]:
    limits = looking.limits
    for token, days in sorted(people.items()):
        for day in looking.days:
            found = days.get(day, [])
            if len(found) < limits.officer_least:
                continue
            begins = day - timedelta(days=limits.habit_days)
            peers = [
                [len(one) for when, one in others.items() if begins <= when <= day]
                for other, others in people.items()
                if other != token
            ]
            active = [counts for counts in peers if counts]
            if len(active) < limits.officer_peers:
                continue
            usual = float(median([count for counts in active for count in counts]))
            if len(found) >= limits.officer_factor * usual:
                figures = {"count": len(found), "usual": usual, "peers": len(active)}
                yield _listed(FlagKind.ONE_OFFICER, looking, partner, day, figures, found, token)


def _summed(kind: FlagKind, looking: Looking, partner: str, day: date, found: _Sum, **figures: float) -> Flag:
    told = {"count": float(found.entries), **figures}
    return Flag(kind, looking.institution, partner, day, told, found.first, found.last)


def _listed(
    kind: FlagKind,
    looking: Looking,
    partner: str | None,
    day: date,
    figures: Mapping[str, float],
    found: list[SeenRequest],
    token: str | None = None,
) -> Flag:
    indexes = sorted(one.entry_index for one in found)
    return Flag(
        kind,
        looking.institution,
        partner,
        day,
        {name: float(value) for name, value in figures.items()},
        indexes[0],
        indexes[-1],
        token=token,
        entries=tuple(indexes[-MOST_LISTED:]),
    )
