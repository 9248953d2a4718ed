"""Recorded requests decided anew under a rulebook that is not in force, and what of it comes out otherwise.

    simulation = Simulation(recorded, draft, current)
    async for progress in simulation.run(scope): ...    stop whenever you like
    report = simulation.report()                        of all that was read, marked partial where you stopped

Decisions only: no source is read, nothing is disclosed, nothing is written. Invariant: the report is what one would get
by deciding every recorded request one by one; a decision is made once for each distinct input. The day of the law is
that of the request; where the agreement was in force then and the draft's term begins later, the draft is judged as if
it had begun, because otherwise nothing would be learned of it. Where a record was never read, its own attributes are
unknown, and that is said.
Does not: read the log (`RecordedRequests`), open a private part, or put on record that somebody simulated.
"""

from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import date

from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Deny, Permit
from gateway.service.disclosure.gather import NOT_AVAILABLE
from gateway.service.disclosure.minimise import is_aggregate
from gateway.service.disclosure.recompute import Asked, recompute
from gateway.service.disclosure.source_check import NOT_BELIEVED
from gateway.service.ports import DecisionQuery, PolicyEngine
from gateway.service.simulation.change import ORDER, Change, changes, stated
from gateway.service.simulation.recorded import LISTED, NOT_DECIDED, Case, Period, RecordedRequests, Scope, Seen
from gateway.service.simulation.turning_days import TurningDays
from gateway.service.simulation.usage import Usage, UsageFound

_NEVER_READ = frozenset({"denied", "form-not-applicable"})
_NOT_OF_THE_RULES = frozenset({"no-source", NOT_BELIEVED})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rulebook as a simulation needs it: agreements by id, and an engine over its register, parties and catalogue.
    `digest` names it (32 bytes in base64url). `turning` are the days of register and parties and, by agreement, of its
    text too: a decision is asked for the last of them, so that the days of a year do not make as many inputs. Without
    them it is asked for the day itself. `begun` says since when each agreement is in force by now: from that day on, a
    term of the candidate that begins later is taken as begun."""

    agreements: Mapping[str, AgreementVersion]
    engine: PolicyEngine
    digest: str
    turning: Mapping[str | None, TurningDays] | None = None
    begun: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` entries are read; so many requests among them, and so many of these change."""

    done: int
    total: int
    requests: int
    changed: int
    inputs: int


@dataclass(frozen=True, slots=True)
class Redecided:
    """`unread` where the record was not read then, so that only the decision before the fetch could be made; `moved`
    where the term of the draft had not begun."""

    decision: Decision
    unread: bool
    moved: bool


@dataclass(frozen=True, slots=True)
class GroupKey:
    agreement: str | None
    purpose: str
    record_type: str
    change: Change


@dataclass(frozen=True, slots=True)
class Group:
    """Requests in which the same comes out otherwise for the same reason. `entries` are the first of them; `elements`
    are what is given now where a request is permitted that was not. `unread` of them were refused before the record was
    read, so that the record itself may still be protected; `already` of them come out otherwise under the rulebook in
    force too, so that it is not the draft that changes them."""

    key: GroupKey
    count: int
    inputs: int
    entries: tuple[int, ...]
    recipients: tuple[str, ...]
    elements: tuple[str, ...]
    unread: int
    already: int


@dataclass(frozen=True, slots=True)
class SimulationReport:
    """`read` of `total` entries; `requests` of them could be decided anew, `changed` of these come out otherwise in one
    group or several. `not_decided` counts those that could not be, by reason; `moved` those before the term began."""

    draft: str
    period: Period
    read: int
    total: int
    requests: int
    changed: int
    inputs: int
    not_decided: Mapping[str, int]
    moved: int
    groups: tuple[Group, ...]
    usage: UsageFound

    @property
    def partial(self) -> bool:
        return self.read < self.total


@dataclass(slots=True)
class _Tally:
    count: int = 0
    unread: int = 0
    already: int = 0
    entries: list[int] = field(default_factory=list)
    inputs: set[bytes] = field(default_factory=set)
    recipients: set[str] = field(default_factory=set)
    elements: set[str] = field(default_factory=set)

    def add(self, seen: Seen, redecided: Redecided, *, already: bool) -> None:
        asked, decision = seen.case.asked, redecided.decision
        self.count += seen.count
        self.unread += seen.count if redecided.unread else 0
        self.already += seen.count if already else 0
        self.entries = sorted((*self.entries, *seen.entries))[:LISTED]
        self.inputs.add(seen.case.input)
        self.recipients.add(asked.recipient)
        if isinstance(decision, Permit):
            self.elements.update(decision.grants)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a case; `already` are the changes that the rulebook in force would make too."""

    changes: tuple[Change, ...]
    already: frozenset[Change]


class Simulation:
    """One simulation. `current` is the rulebook in force; None where nobody asks what it would say."""

    def __init__(self, recorded: RecordedRequests, draft: Candidate, current: Candidate | None = None) -> None:
        self._recorded = recorded
        self._draft = draft
        self._current = current
        self._period = Period()
        self._told: frozenset[str] | None = None
        self._redecided: dict[bytes, Redecided] = {}
        self._outcomes: dict[bytes, _Outcome] = {}
        self._groups: dict[GroupKey, _Tally] = {}
        self._not_decided: Counter[str] = Counter()
        self._usage = Usage()
        self._read = self._total = self._requests = self._changed = self._moved = 0

    async def run(self, scope: Scope) -> AsyncGenerator[Progress, None]:
        """Read and decide; what was counted until then stands when the caller stops.

        Raises LogUnavailableError, PolicyEngineError."""
        self._period, self._told = scope.period, scope.agreements
        async with aclosing(self._recorded.read(scope)) as chunks:
            async for chunk in chunks:
                for seen in chunk.seen:
                    await self._take(seen)
                self._not_decided.update(chunk.not_decided)
                self._read, self._total = chunk.done, chunk.total
                yield Progress(chunk.done, chunk.total, self._requests, self._changed, len(self._redecided))

    def report(self) -> SimulationReport:
        """Of all that was read so far."""
        groups = [
            Group(
                key,
                tally.count,
                len(tally.inputs),
                tuple(tally.entries),
                tuple(sorted(tally.recipients)),
                tuple(sorted(tally.elements)) if key.change.element is None else (),
                tally.unread,
                tally.already,
            )
            for key, tally in self._groups.items()
        ]
        return SimulationReport(
            draft=self._draft.digest,
            period=self._period,
            read=self._read,
            total=self._total,
            requests=self._requests,
            changed=self._changed,
            inputs=len(self._redecided),
            not_decided={reason: self._not_decided[reason] for reason in NOT_DECIDED if self._not_decided[reason]},
            moved=self._moved,
            groups=tuple(sorted(groups, key=_place)),
            usage=self._usage.found(self._draft.agreements, self._told),
        )

    async def _take(self, seen: Seen) -> None:
        case = seen.case
        redecided = self._redecided.get(case.input)
        if redecided is None:
            redecided = self._redecided[case.input] = await redecide(self._draft, case.asked)
        outcome = self._outcomes.get(case.name)
        if outcome is None:
            outcome = self._outcomes[case.name] = await self._outcome(case, redecided)
        self._requests += seen.count
        self._changed += seen.count if outcome.changes else 0
        self._moved += seen.count if redecided.moved else 0
        self._usage.add(case.asked, redecided.decision, seen.count)
        for change in outcome.changes:
            key = GroupKey(case.asked.agreement, case.asked.purpose, case.asked.record_type, change)
            tally = self._groups.setdefault(key, _Tally())
            tally.add(seen, redecided, already=change in outcome.already)

    async def _outcome(self, case: Case, redecided: Redecided) -> _Outcome:
        asked, recorded = case.asked, case.recorded
        found = changes(recorded, stated(redecided.decision, asked))
        if not found or self._current is None:
            return _Outcome(found, frozenset())
        now = await redecide(self._current, asked)
        return _Outcome(found, frozenset(changes(recorded, stated(now.decision, asked))))


async def redecide(candidate: Candidate, asked: Asked) -> Redecided:
    """One recorded request under another rulebook.

    A source that was missing or not believed is of the day, not of the rules. Raises PolicyEngineError."""
    query, moved = _query(candidate, asked)
    first = await candidate.engine.decide(query)
    if not isinstance(first, Permit):
        return Redecided(first, False, moved)
    if asked.outcome in _NOT_OF_THE_RULES:
        return Redecided(Deny((NOT_AVAILABLE,), first.policy_revision), False, moved)
    if asked.outcome in _NEVER_READ and not is_aggregate(first):
        return Redecided(first, True, moved)
    unread = asked.outcome in _NEVER_READ
    return Redecided((await recompute(candidate.engine, query, asked)).decision, unread, moved)


def _query(candidate: Candidate, asked: Asked) -> tuple[DecisionQuery, bool]:
    """The input, and whether the term had to be taken as begun. An agreement that the candidate does not have is none,
    which the policy refuses."""
    version = None if asked.agreement is None else candidate.agreements.get(asked.agreement)
    day = asked.agreement_on or asked.on
    moved = version is not None and candidate.begun.get(version.id, date.max) <= day < version.effective
    on, of_term = asked.on, version.effective if version is not None and moved else day
    if candidate.turning is not None and asked.facts is None:  # evidence has days of its own
        turning = candidate.turning[None if version is None else version.id]
        on, of_term = turning.last_until(on), turning.last_until(of_term)
    return replace(asked.query(version), on=on, agreement_on=None if version is None else of_term), moved


def _place(group: Group) -> tuple[object, ...]:
    """What becomes possible first, then the most frequent."""
    key = group.key
    return ORDER[key.change.kind], -group.count, key.agreement or "", key.purpose, key.record_type, repr(key.change)
