"""Compares two versions of an agreement: what becomes possible that was not, what no longer is, how the text changed.

Whether something is possible is decided by the law and not by the text: a provision newly cited opens nothing unless
its own rule does, a condition dropped may be upheld by a rule all the same, and an element that is listed may be
forbidden. No comparison of texts can know that. So the policy engine itself decides the same requests under both
versions: one for each case that its rules could tell apart (`grid`). That is finite, because rules compare days,
codes and names only, and what an agreement does not name it cannot grant.
Invariant: a difference that opens is named exactly when some request is permitted, an element of it goes, or goes in a
form that tells more, under the new version and not under the old.
Does not: judge whether a change is right, or word it (`compare_words`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Permit
from gateway.domain.element import Form
from gateway.domain.rulebook import AgreementStanding
from gateway.service.review.circumstances import Outcomes, one_way
from gateway.service.review.comparison import Comparison
from gateway.service.review.grid import (
    Circumstance,
    Records,
    Scope,
    Side,
    alike,
    companions,
    in_force,
    listed_elements,
    moments,
    query,
    records,
    requesters,
    scopes,
)
from gateway.service.review.grouping import Found, Goes, grouped
from gateway.service.review.text_changes import text_changes, with_effect

IN_FORCE: Final = AgreementStanding.IN_FORCE
_CARDINALITIES = ("single", "list")
_READ_BY_POLICY = (
    "discloser",
    "recipient",
    "cardinality",
    "case_reference",
    "in_confidence",
    "personal_list",
    "conditions",
    "obligations",
)


async def compare(old: Side, new: Side) -> Comparison:
    """The differences from `old` to `new`, whatever staff decided of either since. Raises PolicyEngineError."""
    old, new = (replace(side, version=replace(side.version, standing=IN_FORCE)) for side in (old, new))
    found: list[Found] = []
    goes: tuple[Goes, Goes] = ({}, {})
    for scope in scopes((old, new)):
        outcomes = await _Deciding(old, new, scope).outcomes()
        found += [item for name in outcomes for item in one_way(scope, name, outcomes[name], opening=True)]
        found += [item for name in outcomes for item in one_way(scope, name, outcomes[name], opening=False)]
        goes[0][scope] = None if outcomes is ALIKE else {name for name, one in outcomes.items() if one.old}
        goes[1][scope] = None if outcomes is ALIKE else {name for name, one in outcomes.items() if one.new}
    differences = tuple(grouped((old, new), found, goes))
    changes = text_changes(old.version.document, new.version.document)
    return Comparison(differences, tuple(with_effect(changes, differences)))


def nothing_before(new: AgreementVersion) -> AgreementVersion:
    """What a new agreement is compared with: the same with no schedule, so that all that it lets go is new. It has no
    digest, as no text is it."""
    return replace(new, version="", digest="", document={**new.document, "schedules": []})


ALIKE: Final[Mapping[str, Outcomes]] = {}
"""Stands for a scope in which both versions let the same go, without deciding it."""


@dataclass(slots=True)
class _Deciding:
    """Decides the requests of one scope under both versions."""

    old: Side
    new: Side
    scope: Scope
    _found: dict[str, Outcomes] = field(default_factory=dict)
    _same: bool = False
    _records: Records = field(default_factory=lambda: Records((), {}))

    async def outcomes(self) -> Mapping[str, Outcomes]:
        """By element, what either version lets go of it under which circumstances."""
        sides = (self.old, self.new)
        names = listed_elements(sides, self.scope)
        self._found = {name: Outcomes(_type(sides, self.scope, name)) for name in names}
        times = moments(sides, self.scope)
        self._records = records(sides, self.scope)
        for outcomes in self._found.values():
            outcomes.moments, outcomes.records = tuple(times), self._records
        self._same = self._same_input()
        counts = {at: tuple(in_force(side, at) for side in sides) for at in times}
        if self._same and all(old == new for old, new in counts.values()):
            return ALIKE
        for at in times:
            if any(counts[at]):
                await self._at(at, alike(sides, self.scope, names))
        return {name: outcomes for name, outcomes in self._found.items() if outcomes.old or outcomes.new}

    def _same_input(self) -> bool:
        """Both versions give the policy the same to read wherever both are in force, so that it decides the same."""
        if self.old.engine.revision != self.new.engine.revision:
            return False
        return _input(self.old, self.scope) == _input(self.new, self.scope)

    async def _at(self, at: datetime, groups: Sequence[tuple[str, ...]]) -> None:
        sides = (self.old, self.new)
        others = companions(sides, self.scope)
        granted = {value for side in sides for clause in side.clauses(self.scope) for value in clause["cardinality"]}
        for requester in requesters(sides, self.scope):
            for cardinality in (value for value in _CARDINALITIES if value in granted):
                for referenced in (True, False):
                    base = Circumstance(at, requester, cardinality, referenced)
                    for group in groups:
                        await self._group(base, group, others)

    async def _group(self, base: Circumstance, group: tuple[str, ...], others: Sequence[str]) -> None:
        for along in (None, *(other for other in others if other not in group)):
            asked = group if along is None else (*group, along)
            unread = replace(base, along=along)
            before = await self._both(asked, unread, (True, True))
            self._keep(unread, group, before)
            # Before the record is read a rule holds nothing against it, so that what is refused then stays refused.
            # What is asked along harms others by being about a person, which of a list only the record may tell.
            if not any(before) or (along is not None and base.cardinality == "single"):
                continue
            for attributes in self._records.cases:
                read = replace(unread, record_attributes=attributes)
                after = await self._both(asked, read, (bool(before[0]), bool(before[1])))
                both = [
                    {name: form for name, form in late.items() if name in early}
                    for early, late in zip(before, after, strict=True)
                ]
                self._keep(read, group, both)

    async def _both(
        self, asked: tuple[str, ...], circumstance: Circumstance, wanted: tuple[bool, bool]
    ) -> list[dict[str, Form]]:
        """What either version lets go; one decision where both give the policy the same to read."""
        old = await self._granted(self.old, asked, circumstance) if wanted[0] else {}
        if self._same and in_force(self.old, circumstance.at) == in_force(self.new, circumstance.at):
            return [old, old]
        return [old, await self._granted(self.new, asked, circumstance) if wanted[1] else {}]

    async def _granted(self, side: Side, asked: tuple[str, ...], circumstance: Circumstance) -> dict[str, Form]:
        if not in_force(side, circumstance.at):
            return {}
        asks = query(side, self.scope, asked, circumstance)
        if asks is None:
            return {}
        decision = await side.engine.decide(asks)
        return {name: grant.form for name, grant in decision.grants.items()} if isinstance(decision, Permit) else {}

    def _keep(self, circumstance: Circumstance, group: tuple[str, ...], grants: Sequence[Mapping[str, Form]]) -> None:
        old, new = grants
        for name in group:
            if name in old:
                self._found[name].old[circumstance] = old[name]
            if name in new:
                self._found[name].new[circumstance] = new[name]


def _type(sides: Sequence[Side], scope: Scope, name: str) -> str:
    """The type of the element, in the new catalogue first."""
    for side in reversed(sides):
        record_type = side.catalogue.find(scope.record_type)
        if record_type is not None and name in record_type.elements:
            return record_type.elements[name].type
    return ""


def _input(side: Side, scope: Scope) -> object:
    """What a rule reads of the version for the scope, besides the term."""
    return (
        sorted(side.version.parties),
        [(schedule["made_under"], schedule["advisability"]) for schedule in side.version.schedules_for(scope.purpose)],
        [
            {name: clause.get(name) for name in _READ_BY_POLICY}
            | {"elements": [(entry["name"], entry["form"], "third_party" in entry) for entry in clause["elements"]]}
            for clause in side.clauses(scope)
        ],
    )
