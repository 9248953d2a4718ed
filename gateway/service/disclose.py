"""The main use case: from an authentic request to an answer that is lawful, minimal and provable.

The way has no turning back: decide → fetch → decide with the record's attributes → redact → commit → answer.
Invariant 1: a `Disclosed` holds a `Receipt`, which only the log makes, after COMMIT. Invariant 3: where the policy
engine, a source or the log fails, a `DependencyError` passes through and nothing was disclosed.
Does not: know HTTP, signatures or how anything is stored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Deny, Indeterminate, Permit, Reason, Refer
from gateway.domain.disclosure import JsonValue, KeyRepeated, NonceReplayed, Receipt, SourceRecord
from gateway.domain.element import Catalogue, FormKind, RecordType
from gateway.domain.errors import SourceQueryError
from gateway.domain.identifiers import IdentifierError, normalise
from gateway.domain.redact import RedactionContext, count_answer, existence_answer
from gateway.domain.request import DisclosureRequest, ListQuery, SubjectIdentifier
from gateway.service.evidence import Evidence, Outcome, evidence_of
from gateway.service.minimise import (
    ReleasedRecord,
    counts_as_existing,
    elements_to_read,
    is_aggregate,
    minimise,
)
from gateway.service.ports import (
    AgreementRegister,
    DecisionQuery,
    DisclosureLog,
    PolicyEngine,
    Source,
    Sources,
)
from gateway.service.redelivery import Redelivery, RepeatedDifferently

NOT_AVAILABLE = Reason("not-available")


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What leaves, made from a receipt. `openings` are the salts of the element commitments, for the recipient."""

    receipt: Receipt
    permit: Permit
    agreement: AgreementVersion
    record_type: RecordType
    records: tuple[Mapping[str, JsonValue], ...] = field(repr=False)
    openings: Mapping[str, bytes] = field(repr=False)
    next_cursor: str | None
    redelivered: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """What does not leave, and why; on record at `receipt.entry_index`."""

    receipt: Receipt
    decision: Deny | Refer | Indeterminate


@dataclass(frozen=True, slots=True)
class Malformed:
    """A request that names something the gateway does not know, or a value that cannot be what it claims to be.

    `code` is a problem code; `member` names the place in the request, never what stood there."""

    receipt: Receipt
    code: str
    member: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """The signature's nonce was spent before; answered like any other signature failure."""


@dataclass(frozen=True, slots=True)
class KeyReused:
    """The Idempotency-Key was used before: for another body, or the record has changed since."""

    code: str
    receipt: Receipt | None


Answer = Disclosed | Refused | Malformed | Replayed | KeyReused


@dataclass(frozen=True, slots=True)
class _Gathered:
    """An outcome with what the answer to it would carry."""

    outcome: Outcome
    records: tuple[Mapping[str, JsonValue], ...] = field(default=(), repr=False)
    next_cursor: str | None = None


class Disclose:
    """Use case of `POST /v1/disclosures`."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        agreements: AgreementRegister,
        engine: PolicyEngine,
        sources: Sources,
        log: DisclosureLog,
        redelivery: Redelivery,
        purposes: frozenset[str],
        redaction: Callable[[str, str, date], RedactionContext],
        sandbox: bool = False,
    ) -> None:
        self._catalogue = catalogue
        self._agreements = agreements
        self._engine = engine
        self._sources = sources
        self._log = log
        self._redelivery = redelivery
        self._purposes = purposes
        self._redaction = redaction
        self._sandbox = sandbox

    async def __call__(self, request: DisclosureRequest) -> Answer:
        """Judge, fetch, minimise, make durable and only then answer.

        Raises DependencyError when a part it needs is down; nothing was disclosed.
        """
        record_type = self._catalogue.find(request.record_type)
        agreement = None if request.agreement is None else self._agreements.find(request.agreement)
        gap = self._unknown(request, record_type, agreement)
        if gap is not None:
            return await self._malformed(request, gap, record_type, agreement)
        assert record_type is not None
        try:
            request = replace(request, target=self._well_formed(request.target))
            gathered = await self._gather(request, record_type, agreement)
        except IdentifierError:
            gap = _Gap("malformed-identifier", "subject.value")
            return await self._malformed(request, gap, record_type, agreement)
        except SourceQueryError as error:
            gap = _Gap("malformed-list", f"list.{error.part}")
            return await self._malformed(request, gap, record_type, agreement)
        return await self._commit(request, gathered)

    async def refuse_malformed(self, request: DisclosureRequest, code: str, member: str) -> Answer:
        """Put on record a request of an authenticated caller that could not be read (invariant 3 applies)."""
        return await self._malformed(request, _Gap(code, member), None, None)

    async def _gather(
        self, request: DisclosureRequest, record_type: RecordType, agreement: AgreementVersion | None
    ) -> _Gathered:
        query = DecisionQuery(
            requester=request.requester,
            recipient=request.recipient,
            custodian=record_type.custodian,
            agreement=agreement,
            record_type=record_type.id,
            purpose=request.purpose,
            elements=request.elements,
            cardinality=request.cardinality.value,
            ground=request.ground.value,
            on=request.received_at.date(),
            case_reference=request.case_reference is not None,
            record_attributes=None,
        )
        decision = await self._engine.decide(query)
        known = _Known(request, record_type, agreement)
        if not isinstance(decision, Permit):
            return known.refusal(decision, "denied")
        source = self._sources.find(record_type.id)
        if source is None:
            return known.refusal(Deny((NOT_AVAILABLE,), decision.policy_revision), "no-source", decision.reasons)
        if is_aggregate(decision):
            return await self._aggregate(known, query, decision, source)
        read = elements_to_read(record_type, decision)
        next_cursor: str | None = None
        records: tuple[SourceRecord, ...]
        if isinstance(request.target, SubjectIdentifier):
            records = await source.fetch(request.target, read)
        else:
            page = await source.page(request.target, read)
            records, next_cursor = page.records, page.next_cursor
        context = self._redaction(request.recipient, agreement.id if agreement else "", query.on)
        found = await minimise(self._engine, query, decision, record_type, records, context)
        if isinstance(request.target, SubjectIdentifier) and not any(item.values for item in found.records):
            private = "protected" if records else "absent"
            denial = Deny((NOT_AVAILABLE,), decision.policy_revision)
            return known.refusal(denial, private, found.held_back)
        return known.disclosure(found.permit, found.records, next_cursor, found.held_back)

    async def _aggregate(self, known: "_Known", query: DecisionQuery, permit: Permit, source: Source) -> _Gathered:
        """An existence answer or a count: no record leaves, a record that is protected counts as absent."""
        target = known.request.target
        values: dict[str, JsonValue] = {}
        private = "counted"
        if isinstance(target, SubjectIdentifier):
            records = await source.fetch(target, elements_to_read(known.record_type, permit))
            exists = await counts_as_existing(self._engine, query, known.record_type, records)
            private = "exists" if exists else "protected" if records else "absent"
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
        return known.disclosure(permit, (answer,), None, (), private)

    def _unknown(
        self, request: DisclosureRequest, record_type: RecordType | None, agreement: AgreementVersion | None
    ) -> "_Gap | None":
        """The first name in the request that means nothing here."""
        if agreement is None and request.agreement is not None:
            return _Gap("unknown-agreement", "agreement")
        if record_type is None:
            return _Gap("unknown-record-type", "record_type")
        if not _known_recipient(request, agreement):
            return _Gap("unknown-recipient", "recipient")
        if request.purpose not in self._purposes:
            return _Gap("unknown-purpose", "purpose")
        for position, element in enumerate(request.elements):
            if element not in record_type.elements:
                return _Gap("unknown-element", f"elements[{position}]")
        if isinstance(request.target, SubjectIdentifier):
            if request.target.scheme not in record_type.identifiers:
                return _Gap("unknown-identifier-scheme", "subject.scheme")
        elif not all(name in record_type.filters for name in request.target.filter):
            return _Gap("unknown-filter", "list.filter")
        return None

    def _well_formed(self, target: SubjectIdentifier | ListQuery) -> SubjectIdentifier | ListQuery:
        """The target in its canonical spelling. Raises IdentifierError."""
        if isinstance(target, ListQuery):
            return target
        return SubjectIdentifier(target.scheme, normalise(target.scheme, target.value, sandbox=self._sandbox))

    async def _commit(self, request: DisclosureRequest, gathered: _Gathered) -> Answer:
        evidence = evidence_of(request, gathered.outcome)
        committed = await self._log.commit(evidence.submission)
        match committed:
            case Receipt():
                return _answer(committed, gathered, evidence.openings)
            case NonceReplayed():
                return Replayed()
            case KeyRepeated():
                return await self._repeat(request, gathered, committed)
            case _:
                assert_never(committed)

    async def _repeat(self, request: DisclosureRequest, gathered: _Gathered, first: KeyRepeated) -> Answer:
        """Same key again: the first receipt with the same values, or a conflict; never an answer from storage."""
        if not first.same_request:
            refusal = Deny((Reason("idempotency-key-reused"),), gathered.outcome.decision.policy_revision)
            outcome = Outcome(refusal, "key-reused", purpose=None)
            return await self._conflict(request, outcome, "idempotency-key-reused", None)
        repeated = await self._redelivery.check(request, gathered.outcome, first.entry_index)
        match repeated:
            case RepeatedDifferently():
                refusal = Deny((Reason("record-changed"),), gathered.outcome.decision.policy_revision)
                outcome = Outcome(refusal, "record-changed", purpose=None)
                return await self._conflict(request, outcome, "record-changed", first.entry_index)
            case _:
                pass
        evidence = evidence_of(request, gathered.outcome, first=False, refers_to=first.entry_index)
        committed = await self._log.commit(evidence.submission)
        if not isinstance(committed, Receipt):
            return Replayed()
        if isinstance(gathered.outcome.decision, Permit):
            return _answer(repeated.receipt, gathered, repeated.openings, redelivered=True)
        return _answer(committed, gathered, {})

    async def _conflict(self, request: DisclosureRequest, outcome: Outcome, code: str, refers_to: int | None) -> Answer:
        evidence = evidence_of(request, outcome, first=False, refers_to=refers_to)
        committed = await self._log.commit(evidence.submission)
        return KeyReused(code, committed) if isinstance(committed, Receipt) else Replayed()

    async def _malformed(
        self,
        request: DisclosureRequest,
        gap: "_Gap",
        record_type: RecordType | None,
        agreement: AgreementVersion | None,
    ) -> Answer:
        decision = Deny((Reason(gap.code),), self._engine.revision)
        if not _known_recipient(request, agreement):
            # An entry holds known names only (invariant 6); anything could stand here.
            request = replace(request, recipient=request.requester)
        outcome = Outcome(decision, "malformed", record_type=record_type, agreement=agreement)
        evidence: Evidence = evidence_of(request, outcome, first=False)
        committed = await self._log.commit(evidence.submission)
        return Malformed(committed, gap.code, gap.member) if isinstance(committed, Receipt) else Replayed()


def _known_recipient(request: DisclosureRequest, agreement: AgreementVersion | None) -> bool:
    return request.recipient == request.requester or (agreement is not None and request.recipient in agreement.parties)


@dataclass(frozen=True, slots=True)
class _Gap:
    code: str
    member: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a request once its names were found; makes outcomes of it."""

    request: DisclosureRequest
    record_type: RecordType
    agreement: AgreementVersion | None

    def refusal(self, decision: Decision, private: str, reasons: tuple[Reason, ...] = ()) -> _Gathered:
        return _Gathered(self._outcome(decision, private, private_reasons=reasons))

    def disclosure(
        self,
        permit: Permit,
        released: tuple[ReleasedRecord, ...],
        next_cursor: str | None,
        held_back: tuple[Reason, ...],
        private: str = "disclosed",
    ) -> _Gathered:
        columns = {name: [record.values.get(name) for record in released] for name in permit.grants}
        outcome = self._outcome(permit, private, released, columns, held_back)
        return _Gathered(outcome, tuple(record.values for record in released), next_cursor)

    def _outcome(
        self,
        decision: Decision,
        private: str,
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
        )


def _answer(
    receipt: Receipt, gathered: _Gathered, openings: Mapping[str, bytes], *, redelivered: bool = False
) -> Answer:
    outcome = gathered.outcome
    if not isinstance(outcome.decision, Permit):
        return Refused(receipt, outcome.decision)
    assert outcome.agreement is not None
    assert outcome.record_type is not None
    return Disclosed(
        receipt=receipt,
        permit=outcome.decision,
        agreement=outcome.agreement,
        record_type=outcome.record_type,
        records=gathered.records,
        openings=openings,
        next_cursor=gathered.next_cursor,
        redelivered=redelivered,
    )
