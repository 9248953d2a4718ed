"""Made-up agreements and requests over the shipped parties, provisions and catalogue, some sound and most not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from gateway.adapters.rulebook.build import digest
from gateway.domain.agreement import AgreementVersion
from gateway.domain.element import Form, FormKind
from gateway.domain.ground import Determination, EvidenceFacts
from gateway.service.ports import DecisionQuery
from tests.unit.policy.queries import EVIDENCE, on_ground, rulebook

FORMS: Sequence[dict[str, Any]] = (
    {"kind": "plain"},
    {"kind": "scrub"},
    {"kind": "exists"},
    {"kind": "mask", "keep": 3},
    {"kind": "generalize", "to": "year"},
    {"kind": "rot13"},
)


@st.composite
def agreements(draw: st.DrawFn) -> AgreementVersion:
    """A shipped agreement with some of its parts exchanged."""
    version = draw(st.sampled_from(rulebook().agreements))
    document = dict(version.document)
    document["schedules"] = [_schedule(draw, schedule) for schedule in document["schedules"]]
    term = dict(document["term"])
    if draw(st.integers(0, 9)) == 0:
        term["suspensions"] = [
            {"from": "2026-01-01", "until": draw(st.sampled_from([None, "2026-05-01", "2027-01-01"]))}
        ]
    if draw(st.integers(0, 9)) == 0:
        term["termination"] = draw(st.sampled_from(["2026-01-01", "2026-05-01", "2028-01-01"]))
    document["term"] = term
    return replace(version, document=document, digest=digest(document))


def _schedule(draw: st.DrawFn, schedule: dict[str, Any]) -> dict[str, Any]:
    changed = {**schedule, "clauses": [_clause(draw, clause) for clause in schedule["clauses"]]}
    if draw(st.integers(0, 4)) == 0:
        changed["advisability"] = None
    if draw(st.integers(0, 4)) == 0:
        changed["made_under"] = draw(st.sampled_from([["OWA-71-73"], ["PA-8-2-b"], []]))
    return changed


def _clause(draw: st.DrawFn, clause: dict[str, Any]) -> dict[str, Any]:
    provisions = sorted(rulebook().authorities)
    names = sorted(rulebook().catalogue.record_types[clause["record_type"]].elements)
    changed = dict(clause)
    match draw(st.integers(0, 9)):
        case 0:
            authorities = draw(st.lists(st.sampled_from(provisions), max_size=5, unique=True))
            changed["discloser"] = {**clause["discloser"], "authorities": authorities}
        case 1:
            authorities = draw(st.lists(st.sampled_from(provisions), max_size=3, unique=True))
            changed["recipient"] = {**clause["recipient"], "authorities": authorities}
        case 2 | 3:
            chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=12, unique=True))
            changed["elements"] = [{"name": name, "form": draw(st.sampled_from(FORMS))} for name in chosen]
        case 4:
            changed["cardinality"] = ["single", "list"]
        case 5:
            changed["recipient"] = {**clause["recipient"], "units": draw(_units())}
        case 6:
            changed["retention"] = {"min_days": 1, "max_days": draw(st.integers(1, 2000))}
    return changed


def _units() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(rulebook().parties.units)), min_size=1, max_size=4, unique=True)


@st.composite
def queries(draw: st.DrawFn) -> DecisionQuery:
    """A request that fits its agreement, changed in some places."""
    version = draw(agreements())
    schedule = draw(st.sampled_from(version.document["schedules"]))
    clause = draw(st.sampled_from(schedule["clauses"]))
    record_type = rulebook().catalogue.record_types[clause["record_type"]]
    known = [*sorted(record_type.elements), "bogus", "", "__proto__"]
    granted = [entry["name"] for entry in clause["elements"]]
    elements = draw(st.lists(st.sampled_from(granted) | st.sampled_from(known), min_size=1, max_size=12, unique=True))
    unit = draw(st.sampled_from(clause["recipient"]["units"]))
    query = DecisionQuery(
        requester=unit,
        recipient=unit,
        custodian=record_type.custodian,
        agreement=version,
        record_type=record_type.id,
        purpose=schedule["purpose"],
        elements=tuple(elements),
        cardinality=draw(st.sampled_from(clause["cardinality"])),
        ground="agreement",
        on=draw(st.sampled_from([date(2024, 3, 31), date(2024, 4, 1), date(2026, 5, 1), date(2029, 4, 1)])),
        case_reference=draw(st.sampled_from([True, True, True, False])),
        record_attributes=draw(st.none() | _attributes(tuple(record_type.attributes))),
    )
    return _disturbed(draw, query)


def _attributes(names: tuple[str, ...]) -> st.SearchStrategy[tuple[tuple[str, str | bool | None], ...]]:
    values: st.SearchStrategy[str | bool | None] = st.sampled_from(
        [True, False, True, False, "final", "preliminary", None, "odd"]
    )
    return st.tuples(*(values for _ in names)).map(lambda drawn: tuple(zip(sorted(names), drawn, strict=True)))


def _disturbed(draw: st.DrawFn, query: DecisionQuery) -> DecisionQuery:
    units = st.sampled_from([*sorted(rulebook().parties.units), "nobody", ""])
    match draw(st.integers(0, 15)):
        case 0:
            return replace(query, requester=draw(units))
        case 1:
            return replace(query, recipient=draw(units))
        case 2:
            return replace(query, custodian=draw(units))
        case 3:
            return replace(query, agreement=None)
        case 4:
            return replace(
                query, record_type=draw(st.sampled_from([*sorted(rulebook().catalogue.record_types), "odd"]))
            )
        case 5:
            return replace(query, purpose=draw(st.sampled_from([*sorted(rulebook().purposes), "odd"])))
        case 6:
            return replace(query, ground=draw(st.sampled_from([*sorted(EVIDENCE), "hunch"])))
        case 7:
            return replace(query, cardinality=draw(st.sampled_from(["single", "list", "odd"])))
        case _:
            return query


KINDS: Mapping[str, set[str]] = {
    "access-request": {"access"},
    "audit": {"audit"},
    "court-order": {"legal-proceedings"},
    "emergency": {"protect"},
    "investigative-request": {"enforce-law", "investigate"},
    "member-of-parliament": {"representation"},
    "national-security": {"security"},
    "oversight": {"oversight"},
    "own-information": {"access"},
    "public-interest": {"protect"},
    "research": {"research"},
}
"""The kinds of purpose that a ground is for; half of the generated purposes fit."""


@st.composite
def ground_queries(draw: st.DrawFn) -> DecisionQuery:
    """A request on another ground, with evidence that is mostly sound, before or after a person decided."""
    ground = draw(st.sampled_from(sorted(EVIDENCE)))
    record_type = draw(st.sampled_from(sorted(rulebook().catalogue.record_types.items())))[1]
    elements = draw(st.lists(st.sampled_from(sorted(record_type.elements)), min_size=1, max_size=8, unique=True))
    unit = draw(st.sampled_from(sorted(rulebook().parties.units)))
    purposes = rulebook().policy_data["register"]["purposes"]
    fitting = [name for name, row in purposes.items() if row["kind"] in KINDS.get(ground, {row["kind"]})]
    purpose = draw(st.sampled_from(sorted(fitting)) | st.sampled_from(sorted(purposes)))
    query = on_ground(ground, record_type.id, unit, purpose, *elements, record=draw(_records(record_type.attributes)))
    assert query.evidence is not None
    query = replace(query, evidence=draw(_evidence(query.evidence)))
    if draw(st.booleans()):
        query = replace(query, determination=draw(_determinations(tuple(record_type.elements))))
    return _disturbed(draw, query) if draw(st.integers(0, 9)) == 0 else query


def _records(names: Mapping[str, str]) -> st.SearchStrategy[dict[str, str | bool | None] | None]:
    return st.none() | _attributes(tuple(names)).map(dict)


@st.composite
def _evidence(draw: st.DrawFn, sound: EvidenceFacts) -> EvidenceFacts | None:
    match draw(st.integers(0, 15)):
        case 0:
            return None
        case 1:
            return replace(sound, subject=False)
        case 2:
            return replace(sound, revoked=True)
        case 3:
            return replace(sound, valid_until=draw(st.sampled_from([date(2026, 5, 1), date(2026, 5, 2)])))
        case 4:
            return replace(sound, elements=sound.elements[:1])
        case 5:
            return replace(sound, stated=sound.stated[:-1])
        case 6:
            return replace(sound, aim=None, issuer=None)
    return sound


@st.composite
def _determinations(draw: st.DrawFn, names: tuple[str, ...]) -> Determination:
    provisions = draw(st.lists(st.sampled_from(sorted(rulebook().authorities)), max_size=6, unique=True))
    if draw(st.booleans()):
        provisions = sorted(rulebook().authorities)
    chosen = draw(st.lists(st.sampled_from(sorted(names)), max_size=8, unique=True))
    forms = [Form(FormKind.PLAIN), Form(FormKind.EXISTS), Form(FormKind.MASK, keep=3)]
    return Determination(
        tuple(provisions),
        {name: draw(st.sampled_from(forms)) for name in chosen},
        source_agreed=draw(st.booleans()),
    )
