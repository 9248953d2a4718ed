"""Puts together what differs alike: elements of one scope, recipients of one record type, the whole agreement.

Invariant: nothing that was found is dropped, and what is told together differs in the same way. Does not: decide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from gateway.domain.element import Form
from gateway.service.review.comparison import Bound, Changed, Difference, Example, Kind, Level
from gateway.service.review.grid import Scope, Side


@dataclass(frozen=True, slots=True)
class Found:
    """One difference in what may go of one element to one recipient."""

    scope: Scope
    element: str
    kind: Kind
    old: Form | None
    new: Form | None
    bounds: tuple[Bound, ...]
    example: Example


Goes: TypeAlias = dict[Scope, set[str] | None]
"""By scope the elements that a version lets go under some circumstance; None where that was not decided."""


def grouped(sides: tuple[Side, Side], found: Sequence[Found], goes: tuple[Goes, Goes]) -> list[Difference]:
    """The differences, those that open first; within these in the order in which they were found."""
    order = list(Kind)
    merged = _everywhere(_by_recipient(_by_element(sides, found, goes)), goes)
    return sorted(merged, key=lambda one: order.index(one.kind) if one.kind.opens else len(order))


def _by_element(sides: tuple[Side, Side], found: Sequence[Found], goes: tuple[Goes, Goes]) -> list[Difference]:
    groups: dict[tuple[object, ...], list[Found]] = {}
    for one in found:
        groups.setdefault((one.scope, one.kind, one.bounds), []).append(one)
    fresh = _scopes_of(Kind.NEW, sides[0], found) | _scopes_of(Kind.GONE, sides[1], found)
    return [_difference(sides, group, fresh, goes) for group in groups.values()]


def _scopes_of(kind: Kind, other: Side, found: Iterable[Found]) -> set[Scope]:
    """The scopes of which the other version lists nothing at all that could go."""
    scopes = {one.scope for one in found if one.kind is kind}
    return {scope for scope in scopes if not other.clauses(scope)}


def _difference(
    sides: tuple[Side, Side], group: Sequence[Found], fresh: set[Scope], goes: tuple[Goes, Goes]
) -> Difference:
    first = group[0]
    scope, kind = first.scope, first.kind
    side = sides[0] if kind in {Kind.GONE, Kind.NARROWER} else sides[1]
    other = sides[1] if side is sides[0] else sides[0]
    record_type = side.catalogue.find(scope.record_type) or other.catalogue.find(scope.record_type)
    names = [one.element for one in group]
    everything = goes[0 if side is sides[0] else 1][scope]
    return Difference(
        kind=kind,
        level=_level(scope, other) if scope in fresh else Level.ELEMENT,
        purpose=scope.purpose,
        record_type=scope.record_type,
        custodian="" if record_type is None else record_type.custodian,
        recipients=(scope.recipient,),
        elements=tuple(dict.fromkeys(Changed(one.element, one.old, one.new) for one in group)),
        bounds=tuple(bound for bound in first.bounds if not _is_the_term(bound, side)),
        whole=everything is not None and everything <= set(names),
        everywhere=False,
        example=first.example,
    )


def _level(scope: Scope, other: Side) -> Level:
    """What the other version has nothing of."""
    schedules = other.version.schedules_for(scope.purpose)
    if not schedules:
        return Level.PURPOSE
    types = {clause["record_type"] for schedule in schedules for clause in schedule["clauses"]}
    return Level.RECIPIENT if scope.record_type in types else Level.RECORD_TYPE


def _is_the_term(bound: Bound, side: Side) -> bool:
    """All the days on which the agreement is in force, which it says itself."""
    if bound.respect != "time":
        return False
    days = [(side.version.day(period.begins), side.version.day(period.ends)) for period in bound.periods]
    return days == [(side.version.effective, side.version.expiry)]


def _by_recipient(differences: Sequence[Difference]) -> list[Difference]:
    merged: dict[Difference, list[Difference]] = {}
    for one in differences:
        key = replace(one, recipients=(), example=differences[0].example)
        merged.setdefault(key, []).append(one)
    return [
        replace(group[0], recipients=tuple(unit for one in group for unit in one.recipients))
        for group in merged.values()
    ]


def _everywhere(differences: Sequence[Difference], goes: tuple[Goes, Goes]) -> list[Difference]:
    """Where all that the agreement lets go is widened, or narrowed, to the same days, that is one difference."""
    rest = list(differences)
    for kind, side in ((Kind.WIDER, goes[1]), (Kind.NARROWER, goes[0])):
        alike: dict[tuple[Bound, ...], list[Difference]] = {}
        for one in rest:
            if one.kind is kind and one.whole and [bound.respect for bound in one.bounds] == ["time"]:
                alike.setdefault(one.bounds, []).append(one)
        for group in alike.values():
            covered = {Scope(one.purpose, one.record_type, unit) for one in group for unit in one.recipients}
            if len(group) > 1 and covered >= {scope for scope, names in side.items() if names is None or names}:
                rest = [one for one in rest if one not in group]
                rest.insert(0, replace(group[0], everywhere=True))
    return rest
