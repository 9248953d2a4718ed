"""Decide, fetch, decide again, redact: what would leave for a request, before any of it is durable.

Invariants 2, 3 and 7: nothing is fetched before a permit; what is gathered is within it; a record that is absent and
one that is protected give the same outcome but for its private part. Does not: write anything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from audit.canonical import JsonValue
from audit.quick import quick
from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Deny, Indeterminate, Obligation, PartlyWithheld, Permit, Reason, Refer
from gateway.domain.due import legal_day
from gateway.domain.element import FormKind, RecordType
from gateway.domain.ground import EvidenceFacts, Ground
from gateway.domain.record import SourceRecord
from gateway.domain.redact import RedactionContext, count_answer, existence_answer
from gateway.domain.request import DisclosureRequest
from gateway.domain.target import SubjectIdentifier
from gateway.service.disclosure.minimise import (
    Judged,
    ReleasedRecord,
    elements_to_read,
    existence,
    is_aggregate,
    minimise,
    only,
)
from gateway.service.disclosure.source_check import NOT_BELIEVED, SourceCheck
from gateway.service.disclosure.submission import Outcome
from gateway.service.ground.evidence_facts import EvidenceReader
from gateway.service.ports import DecisionQuery, PolicyEngine, Source, Sources

NOT_AVAILABLE = Reason("not-available")
Redaction = Callable[[str, str, date], RedactionContext]
"""From recipient, agreement id and date to what redaction needs besides the values."""


@quick
@dataclass(frozen=True, slots=True)
class Gathered:
    """An outcome with what the answer to it would carry."""

    outcome: Outcome
    records: tuple[Mapping[str, JsonValue], ...] = field(default=(), repr=False)
    next_cursor: str | None = field(default=None, repr=False)
    partly: tuple[PartlyWithheld, ...] = ()


class Gatherer:
    """Gathers for one request at a time; keeps nothing between them."""

    def __init__(
        self,
        engine: PolicyEngine,
        sources: Sources,
        redaction: Redaction,
        evidence: EvidenceReader,
        check: SourceCheck,
    ) -> None:
        self._engine = engine
        self._check = check
        self._evidence = evidence
        self._sources = sources
        self._redaction = redaction

    async def __call__(
        self, request: DisclosureRequest, record_type: RecordType, agreement: AgreementVersion | None
    ) -> Gathered:
        """What would leave, and what is to be put on record.

        Raises PolicyEngineError, SourceError, LogUnavailableError; SourceQueryError for a list that cannot be asked
        for.
        """
        query = await self._query(request, record_type, agreement)
        facts = query.evidence
        decision = await self._engine.decide(query)
        if agreement is None and isinstance(decision, Permit) and request.ground is Ground.AGREEMENT:
            # No rule may do this; a permit that cites no agreement is no permit (invariant 4).
            decision = Indeterminate((Reason("policy-not-evaluated"),), decision.policy_revision)
        known = _Known(request, record_type, agreement, facts)
        if not isinstance(decision, Permit):
            return known.refusal(decision, "denied")
        source = self._sources.find(record_type.id)
        if source is None:
            return known.refusal(Deny((NOT_AVAILABLE,), decision.policy_revision), "no-source", decision.reasons)
        if is_aggregate(decision):
            return await self._aggregate(known, query, decision, source)
        next_cursor: str | None = None
        records: tuple[SourceRecord, ...]
        if isinstance(request.target, SubjectIdentifier):
            read = elements_to_read(record_type, decision)
            records = await source.fetch(request.target, read)
            doubt = self._check.looked_up(request.target, record_type, records)
        else:
            read = elements_to_read(record_type, decision, request.target.filter)
            page = await source.page(request.target, read)
            records, next_cursor = page.records, page.next_cursor
            doubt = self._check.listed(request.target, record_type, records)
        readable, unread = self._check.readable(record_type, () if doubt else records)
        context = self._redaction(request.recipient, agreement.id if agreement else "", query.on)
        found = await minimise(self._engine, query, decision, record_type, readable, context)
        held_back = (*found.held_back, *map(Reason, unread)) if unread else found.held_back
        if isinstance(request.target, SubjectIdentifier) and not readable:
            await minimise(self._engine, query, decision, record_type, (_nobody(read),), context)
        denial = Deny((NOT_AVAILABLE,), decision.policy_revision)
        if doubt is not None:
            return known.refusal(denial, NOT_BELIEVED, (Reason(doubt),))
        if isinstance(request.target, SubjectIdentifier) and not any(item.values for item in found.records):
            return known.refusal(denial, "protected" if records else "absent", held_back, found.judged)
        gathered = known.disclosure(found.permit, found.records, next_cursor, held_back, found.judged)
        return replace(gathered, partly=found.partly) if found.partly else gathered

    async def duties_of(self, request: DisclosureRequest, record_type: RecordType) -> tuple[Obligation, ...]:
        """What the request obliges to although it cannot be judged, because it names something that does not exist:
        every written request of an investigative body is kept (Privacy Act 8(4)).

        Raises PolicyEngineError, LogUnavailableError."""
        decision = await self._engine.decide(await self._query(request, record_type, None))
        return decision.obligations if isinstance(decision, Deny | Refer) else ()

    async def _query(
        self, request: DisclosureRequest, record_type: RecordType, agreement: AgreementVersion | None
    ) -> DecisionQuery:
        return DecisionQuery(
            requester=request.requester,
            recipient=request.recipient,
            custodian=record_type.custodian,
            agreement=agreement,
            record_type=record_type.id,
            purpose=request.purpose,
            elements=request.elements,
            cardinality=request.cardinality.value,
            ground=request.ground.value,
            on=legal_day(request.received_at),
            agreement_on=agreement.day(request.received_at) if agreement else None,
            case_reference=request.case_reference is not None,
            record_attributes=None,
            evidence=await self._evidence.facts(request, record_type.custodian),
            determination=request.released.determination if request.released else None,
        )

    async def _aggregate(self, known: "_Known", query: DecisionQuery, permit: Permit, source: Source) -> Gathered:
        """An existence answer or a count: no record leaves, a record that is protected counts as absent."""
        target = known.request.target
        values: dict[str, JsonValue] = {}
        private = "counted"
        judged: tuple[Judged, ...] = ()
        held_back: tuple[Reason, ...] = ()
        if isinstance(target, SubjectIdentifier):
            read = elements_to_read(known.record_type, permit)
            records = await source.fetch(target, read)
            doubt = self._check.looked_up(target, known.record_type, records)
            readable, unread = self._check.readable(known.record_type, () if doubt else records)
            exists, judged = await existence(self._engine, query, known.record_type, readable)
            if not readable:
                await existence(self._engine, query, known.record_type, (_nobody(read),))
            if doubt is not None:
                return known.refusal(Deny((NOT_AVAILABLE,), permit.policy_revision), NOT_BELIEVED, (Reason(doubt),))
            private = "exists" if exists else "protected" if records else "absent"
            held_back = tuple(map(Reason, unread))
            values = {
                name: existence_answer(exists, query.on)
                for name, grant in permit.grants.items()
                if grant.form.kind is FormKind.EXISTS
            }
        else:
            total = await source.count(target.filter)
            values = {
                name: count_answer(total) for name, grant in permit.grants.items() if grant.form.kind is FormKind.COUNT
            }
        if not values:
            return known.refusal(Deny((NOT_AVAILABLE,), permit.policy_revision), "form-not-applicable")
        answer = ReleasedRecord("", values, None)
        kind = FormKind.EXISTS if isinstance(target, SubjectIdentifier) else FormKind.COUNT
        return known.disclosure(only(permit, kind), (answer,), None, held_back, judged, private)


def _nobody(read: Sequence[str]) -> SourceRecord:
    """A record that is not there. It is judged like one that is, and forgotten, because otherwise the time of a refusal
    would tell the two apart (invariant 7)."""
    return SourceRecord("", dict.fromkeys(read))


@quick
@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a request once its names were found; makes outcomes of it."""

    request: DisclosureRequest
    record_type: RecordType
    agreement: AgreementVersion | None
    facts: EvidenceFacts | None = None

    def refusal(
        self,
        decision: Decision,
        private: str,
        reasons: tuple[Reason, ...] = (),
        judged: tuple[Judged, ...] = (),
    ) -> Gathered:
        return Gathered(self._outcome(decision, private, judged, private_reasons=reasons))

    def disclosure(
        self,
        permit: Permit,
        released: tuple[ReleasedRecord, ...],
        next_cursor: str | None,
        held_back: tuple[Reason, ...],
        judged: tuple[Judged, ...],
        private: str = "disclosed",
    ) -> Gathered:
        if len(released) == 1:
            columns = {name: [released[0].values.get(name)] for name in permit.grants}
        else:
            columns = {name: [record.values.get(name) for record in released] for name in permit.grants}
        outcome = self._outcome(permit, private, judged, released, columns, held_back)
        return Gathered(outcome, tuple([record.values for record in released]), next_cursor)

    def _outcome(
        self,
        decision: Decision,
        private: str,
        judged: tuple[Judged, ...],
        records: tuple[ReleasedRecord, ...] = (),
        columns: Mapping[str, list[JsonValue]] | None = None,
        private_reasons: tuple[Reason, ...] = (),
    ) -> Outcome:
        return Outcome(
            decision=decision,
            private_outcome=private,
            record_type=self.record_type,
            agreement=self.agreement,
            purpose=self.request.purpose,
            requested=self.request.elements,
            records=records,
            columns=columns or {},
            private_reasons=private_reasons,
            judged=judged,
            facts=self.facts,
        )
