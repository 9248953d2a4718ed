"""Invariant 2: what is granted is within the clause and within the request, whatever agreement and request are made up.

Also invariants 4 and 8: a permit cites both sides' authorities, and the same input is the same decision.
"""

import asyncio
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Deny, Permit, Refer
from gateway.service.ports import DecisionQuery
from tests.property.policy_inputs import agreements, ground_queries, queries
from tests.unit.policy.queries import engine, rulebook

QUICK = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


def matching(query: DecisionQuery) -> list[dict[str, Any]]:
    """The clauses of the request's agreement that name its record type, units and cardinality."""
    assert query.agreement is not None
    return [
        clause
        for schedule in query.agreement.schedules_for(query.purpose)
        for clause in schedule["clauses"]
        if clause["record_type"] == query.record_type
        and clause["discloser"]["unit"] == query.custodian
        and query.recipient in clause["recipient"]["units"]
        and query.cardinality in clause["cardinality"]
    ]


@QUICK
@given(queries())
def test_permitted_is_within_the_clause_and_within_the_request(query: DecisionQuery) -> None:
    decision = asyncio.run(engine().decide(query))
    assert isinstance(decision, Permit | Deny | Refer)
    if not isinstance(decision, Permit):
        assert decision.reasons
        return
    clauses = {clause["id"]: clause for clause in matching(query)}
    assert set(decision.grants) <= set(query.elements)
    assert set(decision.grants).isdisjoint(item.element for item in decision.withheld)
    for name, grant in decision.grants.items():
        entries = {entry["name"]: entry for entry in clauses[grant.clause]["elements"]}
        assert entries[name]["form"]["kind"] == grant.form.kind
    for clause_id in decision.clauses:
        clause = clauses[clause_id]
        assert set(clause["recipient"]["authorities"]) <= set(decision.recipient_authorities)
        assert clause["case_reference"] == "optional" or query.case_reference
    allowed = {name for clause in clauses.values() for name in clause["discloser"]["authorities"]}
    assert set(decision.discloser_authorities) <= allowed
    assert query.ground == "agreement"
    assert query.agreement is not None
    assert query.agreement.effective <= query.on < query.agreement.expiry
    assert decision.obligations


@QUICK
@given(queries(), st.data())
def test_asking_for_less_never_gives_more(query: DecisionQuery, data: st.DataObject) -> None:
    fewer = data.draw(st.lists(st.sampled_from(query.elements), min_size=1, unique=True))
    whole = asyncio.run(engine().decide(query))
    part = asyncio.run(engine().decide(replace(query, elements=tuple(fewer))))
    if isinstance(part, Permit) and query.cardinality == "single":
        assert isinstance(whole, Permit)
        assert set(part.grants) == set(whole.grants) & set(fewer)


@QUICK
@given(queries(), agreements())
def test_without_a_discloser_authority_nothing_is_permitted(query: DecisionQuery, other: AgreementVersion) -> None:
    stripped = [
        {
            **schedule,
            "clauses": [{**c, "discloser": {**c["discloser"], "authorities": []}} for c in schedule["clauses"]],
        }
        for schedule in other.document["schedules"]
    ]
    bare = replace(other, digest=f"bare-{other.digest}", document={**other.document, "schedules": stripped})
    assert not isinstance(asyncio.run(engine().decide(replace(query, agreement=bare))), Permit)


@QUICK
@given(queries())
def test_the_same_input_is_the_same_decision(query: DecisionQuery) -> None:
    first = asyncio.run(engine().decide(query))
    shuffled = replace(query, elements=tuple(reversed(query.elements)))
    assert asyncio.run(engine().decide(query)) == first == asyncio.run(engine().decide(shuffled))


@QUICK
@given(ground_queries())
def test_on_another_ground_what_goes_is_covered_and_was_released(query: DecisionQuery) -> None:
    decision = asyncio.run(engine().decide(query))
    assert isinstance(decision, Permit | Deny | Refer)
    released = query.determination
    if isinstance(decision, Refer):
        assert released is None
        assert decision.reasons[0].citations
    if not isinstance(decision, Permit):
        assert decision.reasons
        return
    evidence = query.evidence
    assert evidence is not None
    assert not evidence.revoked
    assert set(decision.grants) <= set(query.elements) & set(evidence.elements)
    elements = rulebook().catalogue.record_types[query.record_type].elements
    provisions = rulebook().authorities
    for name, grant in decision.grants.items():
        assert grant.clause is None
        assert elements[name].sensitivity != "TP"
        assert released is None or released.elements[name] == grant.form
    for cited in decision.discloser_authorities:
        assert query.ground in provisions[cited]["grounds"]
        by_person = provisions[cited]["decided_by"] == "person"
        assert not by_person or (released is not None and cited in released.authorities)
    attributes = dict(query.record_attributes or ())
    assert query.record_attributes is None or attributes.get("do_not_disclose", False) is False
    assert decision.obligations


@QUICK
@given(ground_queries())
def test_consent_and_written_requests_never_open_records_of_esdc_programs(query: DecisionQuery) -> None:
    if query.ground not in {"consent", "investigative-request"}:
        return
    decision = asyncio.run(engine().decide(query))
    if isinstance(decision, Permit):
        elements = rulebook().catalogue.record_types[query.record_type].elements
        assert {elements[name].regime for name in decision.grants}.isdisjoint({"desda"})
