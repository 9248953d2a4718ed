"""What of a draft is used by the requests that were recorded, and what of them it never permits.

Does not: decide, or know who asked about whom.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Permit
from gateway.service.disclosure.recompute import Asked


@dataclass(frozen=True, slots=True)
class UnusedClause:
    """A clause under which no request was given anything."""

    agreement: str
    clause: str


@dataclass(frozen=True, slots=True)
class UnusedElement:
    """An element of a clause that no request was given under that clause."""

    agreement: str
    clause: str
    element: str


@dataclass(frozen=True, slots=True)
class NeverPermitted:
    """A kind of request that is asked and that no rule of the draft permits; `reasons` by how often they are given."""

    agreement: str | None
    recipient: str
    purpose: str
    record_type: str
    cardinality: str
    asked: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AlwaysWithheld:
    """An element that is asked for where other elements are given, and never is."""

    agreement: str | None
    purpose: str
    record_type: str
    element: str
    asked: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UsageFound:
    """`clauses` and `elements` of the draft that nobody used; an unused clause comes without its elements."""

    clauses: tuple[UnusedClause, ...]
    elements: tuple[UnusedElement, ...]
    never_permitted: tuple[NeverPermitted, ...]
    always_withheld: tuple[AlwaysWithheld, ...]


_Kind = tuple[str | None, str, str, str, str]
_Element = tuple[str | None, str, str, str]


@dataclass(slots=True)
class Usage:
    """Counts while a simulation runs."""

    _asked: Counter[_Kind] = field(default_factory=Counter)
    _permitted: set[_Kind] = field(default_factory=set)
    _refusals: dict[_Kind, Counter[str]] = field(default_factory=dict)
    _withheld: dict[_Element, Counter[str]] = field(default_factory=dict)
    _given: set[_Element] = field(default_factory=set)
    _under: set[tuple[str, str, str]] = field(default_factory=set)

    def add(self, asked: Asked, decision: Decision, count: int) -> None:
        """`count` requests that are alike, and what is decided on each."""
        kind = (asked.agreement, asked.recipient, asked.purpose, asked.record_type, asked.cardinality)
        self._asked[kind] += count
        if not isinstance(decision, Permit):
            refusals = self._refusals.setdefault(kind, Counter())
            for code in {reason.code for reason in decision.reasons}:
                refusals[code] += count
            return
        self._permitted.add(kind)
        of = (asked.agreement, asked.purpose, asked.record_type)
        for name, grant in decision.grants.items():
            self._given.add((*of, name))
            if asked.agreement is not None and grant.clause is not None:
                self._under.add((asked.agreement, grant.clause, name))
        for one in decision.withheld:
            self._withheld.setdefault((*of, one.element), Counter())[one.reason] += count

    def found(self, agreements: Mapping[str, AgreementVersion], told: Set[str] | None = None) -> UsageFound:
        """What nobody used of `told` agreements (None: of those that were asked under)."""
        of = {kind[0] for kind in self._asked if kind[0] is not None} if told is None else told
        clauses, elements = list[UnusedClause](), list[UnusedElement]()
        for name in sorted(of & agreements.keys()):
            for clause, listed in _clauses(agreements[name]):
                unused = [one for one in listed if (name, clause, one) not in self._under]
                if len(unused) == len(listed):
                    clauses.append(UnusedClause(name, clause))
                else:
                    elements += (UnusedElement(name, clause, one) for one in unused)
        return UsageFound(tuple(clauses), tuple(elements), tuple(self._never()), tuple(self._always()))

    def _never(self) -> Iterator[NeverPermitted]:
        for kind, asked in sorted(self._asked.items(), key=lambda one: (-one[1], str(one[0]))):
            if kind not in self._permitted:
                reasons = sorted(self._refusals[kind].items(), key=lambda one: (-one[1], one[0]))
                yield NeverPermitted(*kind, asked, tuple(reasons))

    def _always(self) -> Iterator[AlwaysWithheld]:
        found = [(sum(reasons.values()), what, reasons) for what, reasons in self._withheld.items()]
        for asked, what, reasons in sorted(found, key=lambda one: (-one[0], str(one[1]))):
            if what not in self._given:
                yield AlwaysWithheld(*what, asked, tuple(sorted(reasons)))


def _clauses(version: AgreementVersion) -> Iterator[tuple[str, tuple[str, ...]]]:
    for schedule in version.document["schedules"]:
        for clause in schedule["clauses"]:
            yield clause["id"], tuple(one["name"] for one in clause["elements"])
