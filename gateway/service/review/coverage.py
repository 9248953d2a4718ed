"""Coverage of agreements: how often each clause and element was asked for, given and withheld, by whom and when last.

Counts come from the projection of the log, so they are as far as it is. A request without a permit cites no clause; it
counts for those that are about what it asked for (purpose, record type, both units). What nobody used is a suggestion
to narrow, once the agreement has been watched for long enough. Invariant: codes and counts; what is suggested changes
nothing by itself. Does not: judge whether an element is needed, or word anything.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from gateway.domain.agreement import AgreementVersion
from gateway.domain.due import legal_day
from gateway.domain.errors import GatewayError
from gateway.service.ports import Clock
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import Question
from gateway.service.projection.reading import Follower, Patterns
from gateway.service.projection.rows import Pattern, PatternSum

LONG_ENOUGH: Final = 90
"""Days for which an agreement is watched before anything unused is worth a word."""
_REQUESTS: Final = frozenset({"disclosure", "redelivery", "denial", "referral"})


class AgreementNotInForceError(GatewayError):
    """No agreement of this id is in force."""

    code = "agreement-unknown"

    def __init__(self) -> None:
        super().__init__("there is no agreement of this id in force; `gateway agreements state` lists them")


class Narrowing(StrEnum):
    """What coverage suggests to look at."""

    CLAUSE_UNUSED = "clause-unused"
    RECIPIENT_UNUSED = "recipient-unused"
    ELEMENT_UNUSED = "element-unused"
    ALWAYS_WITHHELD = "always-withheld"
    NOT_IN_AGREEMENT = "not-in-agreement"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to look at, with the codes that it is about."""

    what: Narrowing
    clause: str | None = None
    element: str | None = None
    unit: str | None = None
    reason: str | None = None
    times: int = 0


@dataclass(slots=True)
class Use:
    """How often something was asked for, by unit, and what became of it. `reasons` are why it was withheld."""

    asked: int = 0
    permitted: int = 0
    withheld: int = 0
    referred: int = 0
    last: datetime | None = None
    by: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """For a staff call."""
        return {
            "asked": self.asked,
            "permitted": self.permitted,
            "withheld": self.withheld,
            "referred": self.referred,
            "last": None if self.last is None else self.last.isoformat(),
            "by": dict(sorted(self.by.items(), key=lambda one: (-one[1], one[0]))),
            "reasons": dict(sorted(self.reasons.items(), key=lambda one: (-one[1], one[0]))),
        }

    def count(self, found: PatternSum) -> None:
        """It was asked for."""
        self.asked += found.entries
        self.by[found.pattern.recipient or found.pattern.requester] += found.entries
        self.last = found.last if self.last is None else max(self.last, found.last)


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """A clause of the version in force, its elements and its recipients."""

    clause: str
    purpose: str
    record_type: str
    custodian: str
    recipients: tuple[str, ...]
    use: Use
    elements: Mapping[str, Use]


@dataclass(frozen=True, slots=True)
class AgreementUse:
    """An agreement in force. `outside` are elements that were asked for under it though no clause concerned has them;
    `days` is for how long it was watched: since its term, the log and the days that were asked for began."""

    agreement: str
    version: str
    digest: str
    title: Mapping[str, str]
    days: int
    use: Use
    clauses: tuple[ClauseUse, ...]
    outside: Mapping[str, Use]

    @property
    def early(self) -> bool:
        """Whether it is too early to call anything unused."""
        return self.days < LONG_ENOUGH

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What to look at: nothing unused while it is early; what is always withheld at any time."""
        return tuple(self._suggestions())

    def _suggestions(self) -> Iterator[Suggestion]:
        for one in self.clauses:
            if not one.use.asked:
                if not self.early:
                    yield Suggestion(Narrowing.CLAUSE_UNUSED, one.clause)
                continue
            for unit in one.recipients:
                if not one.use.by[unit] and not self.early:
                    yield Suggestion(Narrowing.RECIPIENT_UNUSED, one.clause, unit=unit)
            for element, use in one.elements.items():
                if not use.asked and not self.early:
                    yield Suggestion(Narrowing.ELEMENT_UNUSED, one.clause, element)
                elif use.asked and not use.permitted:
                    reason = next(iter(use.as_json()["reasons"]), None)
                    yield Suggestion(Narrowing.ALWAYS_WITHHELD, one.clause, element, reason=reason, times=use.asked)
        for element, use in self.outside.items():
            yield Suggestion(Narrowing.NOT_IN_AGREEMENT, element=element, times=use.asked)


class Coverage:
    """The use case over the agreements of the rulebook in force."""

    def __init__(
        self, agreements: Sequence[AgreementVersion], patterns: Patterns, follower: Follower, clock: Clock
    ) -> None:
        self._agreements = agreements
        self._patterns = patterns
        self._follower = follower
        self._clock = clock

    @property
    def agreements(self) -> Sequence[AgreementVersion]:
        """Those of the rulebook in force."""
        return self._agreements

    async def of(
        self, agreement: str | None = None, *, first: date | None = None, last: date | None = None
    ) -> tuple[AgreementUse, ...]:
        """Every agreement in force, or one, between two days in Ottawa.

        Raises AgreementNotInForceError, ProjectionError."""
        today = self._clock.now()
        found = [
            version
            for version in self._agreements
            if version.in_force(version.day(today)) and agreement in (None, version.id)
        ]
        if agreement is not None and not found:
            raise AgreementNotInForceError
        oldest = (await self._follower.standing()).oldest
        watched, uses = legal_day(oldest or today), list[AgreementUse]()
        for version in sorted(found, key=lambda one: one.id):
            question = Question({Column.AGREEMENT: (version.id,)}, first, last)
            begins, ends = max(first or watched, version.effective, watched), min(last or date.max, legal_day(today))
            days = max(0, (ends - begins).days + 1)
            uses.append(use_of(version, await self._patterns.patterns(question), days))
        return tuple(uses)


def use_of(version: AgreementVersion, found: Iterable[PatternSum], days: int) -> AgreementUse:
    """What patterns of entries under an agreement say of its version."""
    clauses = tuple(_clauses(version))
    whole, outside = Use(), dict[str, Use]()
    for one in found:
        if one.pattern.kind not in _REQUESTS:
            continue
        _count(whole, one)
        concerned = [clause for clause in clauses if _concerns(clause, one.pattern)]
        for clause in concerned:
            _count(clause.use, one)
        _count_elements(one, concerned, outside)
    listed = {name: outside[name] for name in sorted(outside)}
    return AgreementUse(
        version.id, version.version, version.digest, version.document["title"], days, whole, clauses, listed
    )


def _clauses(version: AgreementVersion) -> Iterator[ClauseUse]:
    for schedule in version.document["schedules"]:
        for clause in schedule["clauses"]:
            yield ClauseUse(
                clause["id"],
                schedule["purpose"],
                clause["record_type"],
                clause["discloser"]["unit"],
                tuple(clause["recipient"]["units"]),
                Use(),
                {element["name"]: Use() for element in clause["elements"]},
            )


def _concerns(clause: ClauseUse, pattern: Pattern) -> bool:
    if pattern.clauses:
        return clause.clause in pattern.clauses
    about = (pattern.purpose, pattern.record_type, pattern.custodian)
    return about == (clause.purpose, clause.record_type, clause.custodian) and pattern.recipient in clause.recipients


def _count(use: Use, one: PatternSum) -> None:
    use.count(one)
    match one.pattern.effect:
        case "permit":
            use.permitted += one.entries
        case "refer":
            use.referred += one.entries
        case _:
            use.withheld += one.entries
            use.reasons.update(dict.fromkeys(one.pattern.reasons, one.entries))


def _count_elements(one: PatternSum, concerned: Sequence[ClauseUse], outside: dict[str, Use]) -> None:
    referred = one.pattern.effect == "refer"
    for element, reason in [*((name, None) for name, _ in one.pattern.disclosed), *one.pattern.withheld]:
        uses = [clause.elements[element] for clause in concerned if element in clause.elements]
        if not uses:
            if not concerned:
                continue
            uses = [outside.setdefault(element, Use())]
        for use in uses:
            use.count(one)
            if reason is None:
                use.permitted += one.entries
            elif referred:
                use.referred += one.entries
            else:
                use.withheld += one.entries
                use.reasons[reason] += one.entries
