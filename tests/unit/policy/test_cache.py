"""The cache gives what the engine gave, for the same query only, and forgets the oldest."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from gateway.adapters.pdp.cache import CachedEngine
from gateway.domain.decision import Decision, Deny, Indeterminate, Reason
from gateway.domain.errors import PolicyEngineError
from gateway.domain.ground import Determination, EvidenceFacts
from gateway.service.ports import DecisionQuery
from tests.unit.policy.queries import lmia


class Counting:
    """An engine that counts, and answers with the date asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.revision = "one"
        self.failing = False

    async def decide(self, query: DecisionQuery) -> Decision:
        self.asked += 1
        if self.failing:
            raise PolicyEngineError("down")
        if query.purpose == "odd":
            return Indeterminate((Reason("policy-not-evaluated"),), self.revision)
        return Deny((Reason(f"asked-on-{query.on}"),), self.revision)


def run(engine: CachedEngine, query: DecisionQuery) -> Decision:
    return asyncio.run(engine.decide(query))


def test_the_same_query_is_asked_once() -> None:
    counting = Counting()
    cached = CachedEngine(counting)
    assert run(cached, lmia()) == run(cached, lmia())
    assert counting.asked == 1


def test_whatever_differs_is_asked_anew() -> None:
    counting = Counting()
    cached = CachedEngine(counting)
    agreement = lmia().agreement
    assert agreement is not None
    variants = [
        lmia(),
        lmia("decision", "noc_title"),
        lmia(requester="cbsa-border-services"),
        lmia(recipient="ircc-vulnerable-workers"),
        lmia(custodian="esdc-isb"),
        lmia(agreement=None),
        lmia(agreement=replace(agreement, digest="another")),
        lmia(record_type="inspection"),
        lmia(purpose="existence-check"),
        lmia(cardinality="list"),
        lmia(ground="consent"),
        lmia(on=date(2026, 5, 2)),
        replace(lmia(), agreement_on=date(2026, 4, 30)),
        replace(lmia(), agreement_on=date(2026, 5, 1)),
        lmia(case_reference=False),
        lmia(record={}),
        lmia(record={"case_open": True}),
        lmia(record={"case_open": False}),
        lmia(record={"case_open": None}),
        lmia(record={"case_open": "true"}),
    ]
    for variant in variants:
        run(cached, variant)
    assert counting.asked == len(variants)
    counting.revision = "two"
    assert run(cached, lmia()).policy_revision == "two"


def test_the_query_about_a_record_is_the_same_one_with_its_attributes() -> None:
    asked = replace(lmia(), agreement_on=date(2026, 4, 30), evidence=EvidenceFacts(subject=True))
    assert asked.about((("case_open", True),)) == replace(asked, record_attributes=(("case_open", True),))


def test_what_rests_on_evidence_or_a_determination_is_asked_each_time() -> None:
    counting = Counting()
    cached = CachedEngine(counting)
    asked = [lmia(evidence=EvidenceFacts(subject=True)), lmia(determination=Determination(("DESDA-37",)))]
    for query in (*asked, *asked, lmia()):
        run(cached, query)
    assert counting.asked == 5


def test_errors_and_indeterminate_are_not_kept() -> None:
    counting = Counting()
    cached = CachedEngine(counting)
    run(cached, lmia(purpose="odd"))
    run(cached, lmia(purpose="odd"))
    assert counting.asked == 2
    counting.failing = True
    for _ in range(2):
        try:
            run(cached, lmia())
        except PolicyEngineError:
            continue
        raise AssertionError
    counting.failing = False
    assert isinstance(run(cached, lmia()), Deny)


def test_the_least_recently_used_goes_first() -> None:
    counting = Counting()
    cached = CachedEngine(counting, capacity=2)
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(3)]
    run(cached, lmia(on=days[0]))
    run(cached, lmia(on=days[1]))
    run(cached, lmia(on=days[0]))
    run(cached, lmia(on=days[2]))
    run(cached, lmia(on=days[0]))
    assert counting.asked == 3
    run(cached, lmia(on=days[1]))
    assert counting.asked == 4
