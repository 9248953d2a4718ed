"""The requests by which two versions of an agreement are compared: one for each case that a rule could tell apart.

Invariant: two requests that the rules tell apart are not both left to one representative. Time only meets the days on
which a term, a provision, a contract, a role or an accreditation begins or ends; a record only the attributes that a
condition or a rule reads, by the values these name; an element only those that a clause of either version lists. What
else is asked along matters by its sensitivity and law alone, so that one of each kind stands for all.
Does not: decide anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from gateway.domain.agreement import AgreementVersion
from gateway.domain.due import OTTAWA, legal_day
from gateway.domain.element import Catalogue
from gateway.service.ports import DecisionQuery, PolicyEngine

Attributes: TypeAlias = tuple[tuple[str, str | bool | None], ...]

READ_BY_RULES: Final[Mapping[str, str | bool]] = {
    "do_not_disclose": False,
    "in_confidence": False,
    "finding_status": "final",
}
"""Attributes that rules read by their name, with the value they look for; a test holds this to the Rego."""


@dataclass(frozen=True, slots=True)
class Side:
    """One version with the law it is judged by. `data` is what the policy of `engine` reads: register, parties,
    catalogue."""

    version: AgreementVersion
    engine: PolicyEngine
    catalogue: Catalogue
    data: Mapping[str, Any] = field(repr=False)

    def clauses(self, scope: "Scope") -> list[dict[str, Any]]:
        """The clauses that speak of the scope."""
        schedules = self.version.schedules_for(scope.purpose)
        return [
            clause
            for schedule in (schedules if len(schedules) == 1 else ())
            for clause in schedule["clauses"]
            if clause["record_type"] == scope.record_type and scope.recipient in clause["recipient"]["units"]
        ]


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """Who asks for which records for which purpose."""

    purpose: str
    record_type: str
    recipient: str


@dataclass(frozen=True, slots=True, order=True)
class Circumstance:
    """Under which circumstances: `at` is a moment from which on nothing changes until the next; `record_attributes` is
    None before the record was read; `along` names an element that is asked in the same request."""

    at: datetime
    requester: str
    cardinality: str
    case_reference: bool
    record_attributes: Attributes | None = None
    along: str | None = None


def query(side: Side, scope: Scope, elements: tuple[str, ...], circumstance: Circumstance) -> DecisionQuery | None:
    """The policy's input, made as for a request at that moment; None where the side knows no such record type."""
    record_type = side.catalogue.find(scope.record_type)
    if record_type is None:
        return None
    return DecisionQuery(
        requester=circumstance.requester,
        recipient=scope.recipient,
        custodian=record_type.custodian,
        agreement=side.version,
        record_type=scope.record_type,
        purpose=scope.purpose,
        elements=elements,
        cardinality=circumstance.cardinality,
        ground="agreement",
        on=legal_day(circumstance.at),
        agreement_on=side.version.day(circumstance.at),
        case_reference=circumstance.case_reference,
        record_attributes=circumstance.record_attributes,
    )


def scopes(sides: Sequence[Side]) -> list[Scope]:
    """Every scope that a clause of either version speaks of, in the order of the versions."""
    return list(
        dict.fromkeys(
            Scope(schedule["purpose"], clause["record_type"], unit)
            for side in sides
            for schedule in side.version.document["schedules"]
            for clause in schedule["clauses"]
            for unit in clause["recipient"]["units"]
        )
    )


def moments(sides: Sequence[Side], scope: Scope) -> list[datetime]:
    """The moments at which something begins or ends that a decision in the scope depends on."""
    found: set[datetime] = set()
    for side in sides:
        term = side.version.document["term"]
        zone = ZoneInfo(side.version.time_zone)
        for day in _days(term):
            found.add(_start(day, zone))
        rows: list[Any] = list(side.data["register"]["authorities"].values())
        custodian = side.data["catalogue"].get(scope.record_type, {}).get("custodian")
        rows += [side.data["parties"].get(unit, {}) for unit in (scope.recipient, custodian)]
        rows += side.version.schedules_for(scope.purpose)
        found.update(_start(day, OTTAWA) for row in rows for day in _days(row))
    return sorted(found)


_DAYS: Final = frozenset({"effective", "expiry", "termination", "from", "until", "date"})


def _days(value: Any, name: str = "") -> Iterator[str]:
    """Every day in the value, however deep, under a name that holds days."""
    if isinstance(value, Mapping):
        for member, inner in value.items():
            yield from _days(inner, member)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _days(inner, name)
    elif isinstance(value, str) and name in _DAYS:
        yield value


def _start(day: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), zone).astimezone(UTC)


def in_force(side: Side, at: datetime) -> bool:
    return side.version.in_force(side.version.day(at))


def requesters(sides: Sequence[Side], scope: Scope) -> list[str]:
    """The recipient, and one of the units that may ask for it for each way in which they are parties."""
    found: dict[tuple[bool, ...], str] = {}
    known = dict.fromkeys(name for side in sides for name in side.data["parties"])
    for unit in (scope.recipient, *known):
        acts = tuple(
            unit == scope.recipient or scope.recipient in side.data["parties"].get(unit, {}).get("acts_for", ())
            for side in sides
        )
        party = tuple(unit in side.version.parties for side in sides)
        if any(acts) and any(party):
            found.setdefault((*acts, *party), unit)
    return list(found.values())


def listed_elements(sides: Sequence[Side], scope: Scope) -> list[str]:
    """The elements that a clause of either version lists for the scope."""
    return list(
        dict.fromkeys(entry["name"] for side in sides for clause in side.clauses(scope) for entry in clause["elements"])
    )


def alike(sides: Sequence[Side], scope: Scope, names: Sequence[str]) -> list[tuple[str, ...]]:
    """The elements in groups whose members never harm one another in one request."""
    groups: dict[tuple[Any, ...], list[str]] = {}
    for name in names:
        groups.setdefault(tuple(_kind(side, scope, name) for side in sides), []).append(name)
    return [tuple(group) for group in groups.values()]


def companions(sides: Sequence[Side], scope: Scope) -> list[str]:
    """One element of the record type of each kind that could harm others in one request."""
    names = dict.fromkeys(
        name for side in sides for name in side.data["catalogue"].get(scope.record_type, {}).get("elements", ())
    )
    return [group[0] for group in alike(sides, scope, list(names))]


def _kind(side: Side, scope: Scope, name: str) -> tuple[Any, ...] | None:
    """What makes a request with the element another one: whether it is about a person, and under which law."""
    element = side.data["catalogue"].get(scope.record_type, {}).get("elements", {}).get(name)
    return element and (element["sensitivity"], element["regime"], element.get("personal_if"))


@dataclass(frozen=True, slots=True)
class Records:
    """`cases` are a record for each combination of attribute values that a condition or a rule tells apart; `named` are
    the values that one of them stands for, None for all that nobody names."""

    cases: tuple[Attributes, ...]
    named: Mapping[tuple[str, str | bool | None], tuple[str | bool | None, ...]]

    def values(self, attribute: str) -> int:
        """How many values of the attribute are told apart."""
        return sum(name == attribute for name, _ in self.named)


def records(sides: Sequence[Side], scope: Scope) -> Records:
    """The records that the rules could tell apart in the scope."""
    looked_for: dict[str, list[frozenset[Any]]] = {}
    for side in sides:
        record_type = side.data["catalogue"].get(scope.record_type, {"attributes": [], "elements": {}})
        for attribute in record_type["attributes"]:
            looked_for.setdefault(attribute, [])
            if attribute in READ_BY_RULES:
                looked_for[attribute].append(frozenset({READ_BY_RULES[attribute]}))
        for element in record_type["elements"].values():
            if "needs" in element:
                looked_for.setdefault(element["needs"]["attribute"], []).append(frozenset({element["needs"]["equals"]}))
            if "personal_if" in element:
                looked_for.setdefault(element["personal_if"], []).append(frozenset({False}))
        for clause in side.clauses(scope):
            for condition in clause["conditions"]:
                looked_for.setdefault(condition["attribute"], []).append(frozenset(condition["in"]))
    named = {(name, values[0]): values for name, sets in sorted(looked_for.items()) for values in _told_apart(sets)}
    choices = [[key for key in named if key[0] == name] for name in sorted(looked_for)]
    return Records(tuple(tuple(combination) for combination in product(*choices)), named)


def _told_apart(looked_for: Sequence[frozenset[Any]]) -> list[tuple[str | bool | None, ...]]:
    """The values in groups: those that are, and are not, among the same that are looked for."""
    named = sorted({value for values in looked_for for value in values}, key=str)
    found: dict[tuple[bool, ...], list[str | bool | None]] = {}
    for value in (*named, None):
        found.setdefault(tuple(value in values for values in looked_for), []).append(value)
    return [tuple(values) for values in found.values()]


def until(found: Sequence[datetime], at: datetime) -> datetime:
    """The moment at which what begins at `at` ends; a day later for the last."""
    later = [moment for moment in found if moment > at]
    return later[0] if later else at + timedelta(days=1)
