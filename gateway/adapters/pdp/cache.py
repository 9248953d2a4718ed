"""A cache of decisions in front of any engine.

Decisions are pure (invariant 8): the same query under the same revision is the same decision. The key is the query with
the agreement by its digest; the least recently used decision goes first. Errors are not kept, nor is `Indeterminate`,
nor a decision that rests on evidence or on what a person determined: those are rare, and no two are alike.
"""

from collections import OrderedDict
from typing import Any, Final, TypeAlias

from gateway.domain.decision import Decision, Indeterminate
from gateway.service.ports import DecisionQuery, PolicyEngine

CAPACITY: Final = 8192

Key: TypeAlias = tuple[Any, ...]


class CachedEngine:
    """A `PolicyEngine` that asks `engine` once for each distinct query."""

    def __init__(self, engine: PolicyEngine, capacity: int = CAPACITY) -> None:
        self._engine = engine
        self._capacity = capacity
        self._kept: OrderedDict[Key, Decision] = OrderedDict()

    @property
    def revision(self) -> str:
        return self._engine.revision

    async def decide(self, query: DecisionQuery) -> Decision:
        if query.evidence is not None or query.determination is not None:
            return await self._engine.decide(query)
        agreement = query.agreement
        key = (
            None if agreement is None else agreement.digest,
            query.requester,
            query.recipient,
            query.custodian,
            query.record_type,
            query.purpose,
            query.elements,
            query.cardinality,
            query.ground,
            query.on,
            query.agreement_on,
            query.case_reference,
            query.record_attributes,
            self._engine.revision,
        )
        kept = self._kept
        decision = kept.get(key)
        if decision is not None:
            kept.move_to_end(key)
            return decision
        decision = await self._engine.decide(query)
        if not isinstance(decision, Indeterminate):
            kept[key] = decision
            if len(kept) > self._capacity:
                kept.popitem(last=False)
        return decision
