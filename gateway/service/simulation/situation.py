"""Readable situations judged by a rulebook: one request, one record, and what must come of it.

Decisions only, so what is tried here is what rests on an agreement and needs no step of staff; the rest is told to a
whole gateway (docs/scenarios.md). Of a record only what the policy sees counts: what the situation says, nothing
protected or in confidence unless it says so, and otherwise nothing known.
Does not: read files (`gateway.adapters.rulebook.situation_files`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

from gateway.domain.due import legal_day
from gateway.domain.element import Catalogue, RecordType
from gateway.service.disclosure.minimise import Attributes, Judged
from gateway.service.disclosure.recompute import Asked
from gateway.service.simulation.change import Change, Recorded, changes, duty_text, recorded, stated
from gateway.service.simulation.simulate import Candidate, redecide

USUAL: Final = {"do_not_disclose": False, "in_confidence": False, "employer_is_individual": False}
"""What a record is taken to be where a situation does not say."""


@dataclass(frozen=True, slots=True)
class Situation:
    """One file. `name` is its path below its folder without the ending; `body` what it says."""

    name: str
    body: Mapping[str, Any] = field(repr=False)

    @property
    def when(self) -> datetime:
        """UTC."""
        return moment(self.body["when"])

    @property
    def ask(self) -> Mapping[str, Any]:
        asked: Mapping[str, Any] = self.body["ask"]
        return asked

    @property
    def theme(self) -> str:
        return self.name.split("/")[0]

    @property
    def decides_alone(self) -> bool:
        """Whether a decision under an agreement says all that the situation is about."""
        return not ({"before", "then"} & self.body.keys() or "ground" in self.ask or "problem" in self.body["expect"])

    def about(self, member: str) -> list[Any]:
        found = self.body["about"].get(member, [])
        return found if isinstance(found, list) else [found]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a situation; no change where it is as it says. `already` where the rulebook in force differs from
    the situation in the same."""

    situation: Situation
    changes: tuple[Change, ...]
    already: bool


@dataclass(frozen=True, slots=True)
class SituationsTried:
    """A folder of situations: how many were tried and `skipped` (another ground, steps of staff, an unknown record
    type), which came out `otherwise`, and by file what is wrong with those that are `broken`."""

    tried: int
    skipped: int
    otherwise: tuple[Tried, ...]
    broken: Mapping[str, str]


def moment(text: str) -> datetime:
    """`2026-11-24` (noon) or `2026-11-24T23:59:59Z`, in UTC."""
    parsed = datetime.fromisoformat(text if "T" in text else f"{text}T12:00:00Z")
    return parsed.astimezone(UTC)


async def try_out(
    situation: Situation, draft: Candidate, current: Candidate | None, catalogue: Catalogue
) -> Tried | None:
    """What the draft makes of it; None where its record type is not in the catalogue. Raises PolicyEngineError."""
    found = await _differences(situation, draft, catalogue)
    if found is None:
        return None
    before = await _differences(situation, current, catalogue) if found and current is not None else None
    return Tried(situation, found, before == found)


async def try_all(
    situations: Iterable[Situation],
    broken: Mapping[str, str],
    draft: Candidate,
    current: Candidate | None,
    catalogue: Catalogue,
) -> SituationsTried:
    """What the draft makes of each. Raises PolicyEngineError."""
    count, skipped, otherwise = 0, 0, list[Tried]()
    for situation in situations:
        tried = await try_out(situation, draft, current, catalogue) if situation.decides_alone else None
        if tried is None:
            skipped += 1
            continue
        count += 1
        if tried.changes:
            otherwise.append(tried)
    otherwise.sort(key=lambda one: one.already)
    return SituationsTried(count, skipped, tuple(otherwise), broken)


async def _differences(situation: Situation, candidate: Candidate, catalogue: Catalogue) -> tuple[Change, ...] | None:
    record_type = catalogue.find(situation.ask["what"]["record_type"])
    if record_type is None:
        return None
    asked = _asked(situation, record_type, candidate)
    told = stated((await redecide(candidate, asked)).decision, asked)
    expected = _expected(situation.body["expect"])
    if expected.effect != "permit":
        # A situation says why nothing goes; that each element then stays for this reason needs no saying.
        expected = replace(expected, withheld=told.withheld)
    return changes(expected, told)


def _asked(situation: Situation, record_type: RecordType, candidate: Candidate) -> Asked:
    ask, what, said = situation.ask, situation.ask["what"], situation.body["record"]
    agreement = candidate.agreements.get(ask.get("agreement", ""))
    absent = said == "absent"
    return Asked(
        requester=ask["who"],
        recipient=ask.get("for", ask["who"]),
        custodian=ask["whom"],
        agreement=ask.get("agreement"),
        record_type=record_type.id,
        purpose=ask["purpose"],
        elements=tuple(what["elements"]),
        cardinality="list" if "list" in what else "single",
        ground="agreement",
        on=legal_day(situation.when),
        agreement_on=agreement.day(situation.when) if agreement else None,
        case_reference="case_reference" in ask,
        outcome="absent" if absent else "disclosed",
        judged=() if absent else (Judged(_attributes(record_type, said)),),
    )


def _attributes(record_type: RecordType, said: Mapping[str, Any]) -> Attributes:
    """By attribute or by the element that holds it."""
    found = (
        (name, said.get(name, said.get(element, USUAL.get(name)))) for name, element in record_type.attributes.items()
    )
    return tuple(sorted((name, value if isinstance(value, str | bool) else None) for name, value in found))


def _expected(expect: Mapping[str, Any]) -> Recorded:
    permit = expect["effect"] == "permit"
    authorities = expect.get("authorities", {"discloser": (), "recipient": ()})
    return recorded(
        effect=expect["effect"],
        reasons=[expect.get("reason", "permitted")] if permit else expect["reasons"],
        forms=expect.get("elements", {}).items(),
        withheld=expect.get("withheld", {}).items(),
        basis=(*expect.get("clauses", ()), *authorities["discloser"], *authorities["recipient"]),
        duties=(duty_text(code, _days(due)) for code, due in expect.get("obligations", {}).items()),
    )


def _days(due: str) -> int | None:
    """`standing`, `at once` or `30 days`."""
    return None if due == "standing" else 0 if due == "at once" else int(due.split()[0])
