"""The main use case: from an authentic request to an answer that is lawful, minimal and provable.

The way has no turning back: decide → fetch → decide with the record's attributes → redact → commit → answer.
Invariant 1: a `Disclosed` holds a `Receipt`, which only the log makes, after COMMIT. Invariant 3: where the policy
engine, a source or the log fails, a `DependencyError` passes through and nothing was disclosed.
Does not: know HTTP, signatures or how anything is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from audit.entry import Entry
from gateway.domain.agreement import AgreementVersion
from gateway.domain.applied_rules import AppliedRules
from gateway.domain.decision import Deny, Indeterminate, Obligation, Permit, Reason, Refer
from gateway.domain.element import Catalogue, RecordType
from gateway.domain.errors import InvariantError, LogUnavailableError, SourceQueryError
from gateway.domain.ground import Ground
from gateway.domain.identifiers import DeclaredScheme, IdentifierError, normalise
from gateway.domain.referral import Referral
from gateway.domain.request import DisclosureRequest
from gateway.domain.submission import KeyRepeated, NonceReplayed, Precondition, Receipt, StateConflict
from gateway.domain.target import SubjectIdentifier
from gateway.service.disclosure.answer import (
    Answer,
    KeyReused,
    Malformed,
    Refused,
    Replayed,
    answer_of,
    is_not_available,
)
from gateway.service.disclosure.gather import Gathered, Gatherer, Redaction
from gateway.service.disclosure.redelivery import Redelivery, RepeatedDifferently
from gateway.service.disclosure.source_check import SourceAlarm, SourceCheck
from gateway.service.disclosure.submission import Evidence, Outcome, evidence_of
from gateway.service.ground.evidence_facts import EvidenceReader
from gateway.service.partner.entitlements import covering
from gateway.service.ports import AgreementRegister, DisclosureLog, PolicyEngine, Sources
from gateway.service.referral.opening import Opening, ReferralCases, change_of


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
        units: frozenset[str],
        redaction: Redaction,
        evidence: EvidenceReader,
        opening: Opening,
        referrals: ReferralCases,
        alarm: SourceAlarm,
        schemes: Mapping[str, DeclaredScheme] | None = None,
        sandbox: bool = False,
        rulebook: Precondition | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._agreements = agreements
        self._engine = engine
        self._gather = Gatherer(engine, sources, redaction, evidence, SourceCheck(self._canonical, alarm))
        self._evidence = evidence
        self._opening = opening
        self._referrals = referrals
        self._log = log
        self._redelivery = redelivery
        self._purposes = purposes
        self._units = units
        self._schemes = schemes or {}
        self._sandbox = sandbox
        self._rulebook = () if rulebook is None else (rulebook,)

    async def __call__(self, request: DisclosureRequest) -> Answer:
        """Judge, fetch, minimise, make durable and only then answer.

        Raises OvertakenError where the rulebook, or something else the answer rests on, was changed meanwhile, and
        another DependencyError when a part it needs is down; nothing was disclosed.
        """
        record_type = self._catalogue.find(request.record_type)
        agreement = None if request.agreement is None else self._agreements.find(request.agreement)
        gap = self._unknown(request, record_type, agreement)
        if gap is not None or record_type is None:
            # What a name means is said by the rulebook of now, as a decision is.
            return await self._malformed(request, gap or _NO_RECORD_TYPE, record_type, agreement, self._rulebook)
        try:
            request = self._well_formed(request)
            preconditions = await self._rests_on(request)
            # Another ground rests on no agreement, whichever one the caller names.
            resting = agreement if request.ground is Ground.AGREEMENT else None
            gathered = _continued(request, self._on_record(request, await self._gather(request, record_type, resting)))
        except IdentifierError:
            gap = _Gap("malformed-identifier", "subject.value")
            return await self._malformed(request, gap, record_type, agreement)
        except SourceQueryError as error:
            gap = _Gap("malformed-list", f"list.{error.part}")
            return await self._malformed(request, gap, record_type, agreement)
        answer = await self._commit(request, gathered, preconditions)
        if isinstance(answer, Refused) and request.ground is Ground.AGREEMENT and not is_not_available(answer.decision):
            return replace(answer, would_apply=covering(self._agreements, request, record_type))
        return answer

    def _on_record(self, request: DisclosureRequest, gathered: Gathered) -> Gathered:
        """What was gathered, with a name that may stand in an entry where the recipient's is not known here."""
        if request.recipient in self._units:
            return gathered
        if not isinstance(gathered.outcome.decision, Deny | Indeterminate):
            raise InvariantError("the policy lets something go to a recipient that no register knows")
        return replace(gathered, outcome=replace(gathered.outcome, stands_in=request.requester))

    async def refuse_malformed(self, request: DisclosureRequest, code: str, member: str) -> Answer:
        """Put on record a request of an authenticated caller that could not be read (invariant 3 applies)."""
        return await self._malformed(request, _Gap(code, member), None, None)

    def _unknown(
        self, request: DisclosureRequest, record_type: RecordType | None, agreement: AgreementVersion | None
    ) -> "_Gap | None":
        """The first name in the request that means nothing here."""
        if agreement is None and request.agreement is not None:
            return _Gap("unknown-agreement", "agreement")
        if record_type is None:
            return _NO_RECORD_TYPE
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

    def _well_formed(self, request: DisclosureRequest) -> DisclosureRequest:
        """With its target in its canonical spelling, and a cursor as the source made it. Raises IdentifierError."""
        target = request.target
        if isinstance(target, SubjectIdentifier):
            value = self._canonical(target.scheme, target.value)
            if value == target.value:
                return request
            return replace(request, target=SubjectIdentifier(target.scheme, value))
        if target.cursor is None:
            return request
        cursor, began = AppliedRules.unmarked(target.cursor)
        return replace(request, target=replace(target, cursor=cursor), began_under=request.began_under or began)

    def _canonical(self, scheme: str, value: str) -> str:
        """Raises IdentifierError."""
        return normalise(scheme, value, sandbox=self._sandbox, declared=self._schemes)

    async def _rests_on(self, request: DisclosureRequest) -> tuple[Precondition, ...]:
        """What has to be as it is now when the entry is made: the rulebook, a consent, a release."""
        released = () if request.released is None else (request.released.precondition,)
        return (*self._rulebook, *await self._evidence.rests_on(request), *released)

    async def _commit(
        self, request: DisclosureRequest, gathered: Gathered, preconditions: tuple[Precondition, ...]
    ) -> Answer:
        referral = self._referral(request, gathered.outcome)
        if referral is not None:
            await self._opening.require_room(request.requester)
        changes = () if referral is None else (change_of(referral),)
        evidence = evidence_of(request, gathered.outcome, changes=changes, preconditions=preconditions)
        committed = await self._log.commit(evidence.submission)
        match committed:
            case Receipt():
                return answer_of(
                    committed, gathered, evidence.openings, referral=referral, began_under=request.began_under
                )
            case NonceReplayed():
                return Replayed()
            case KeyRepeated():
                return await self._repeat(request, gathered, committed, preconditions)
            case StateConflict():
                raise OvertakenError
            case _:
                assert_never(committed)

    def _referral(self, request: DisclosureRequest, outcome: Outcome) -> Referral | None:
        decision = outcome.decision
        if not isinstance(decision, Refer) or outcome.record_type is None:
            return None
        return self._opening.open(request, outcome.record_type.custodian, decision)

    async def _repeat(
        self,
        request: DisclosureRequest,
        gathered: Gathered,
        first: KeyRepeated,
        preconditions: tuple[Precondition, ...],
    ) -> Answer:
        """Same key again: the first receipt with the same values, or a conflict; never an answer from storage."""
        if not first.same_request:
            return await self._conflict(request, gathered.outcome, "idempotency-key-reused", "key-reused", first)
        repeated = await self._redelivery.check(request, gathered.outcome, first.entry_index)
        if isinstance(repeated, RepeatedDifferently):
            return await self._conflict(request, gathered.outcome, "record-changed", "record-changed", first)
        referral = None
        if isinstance(gathered.outcome.decision, Refer):
            referral = await self._referrals.opened_by(first.entry_index)
            if referral is None:
                raise LogUnavailableError(
                    "the referral that this request opened cannot be found; nothing was disclosed"
                )
        evidence = evidence_of(
            request, gathered.outcome, first=False, repeats=first.entry_index, preconditions=preconditions
        )
        committed = await self._log.commit(evidence.submission)
        if isinstance(committed, StateConflict):
            raise OvertakenError
        if not isinstance(committed, Receipt):
            return Replayed()
        if isinstance(gathered.outcome.decision, Permit):
            began = AppliedRules.of_entry(Entry.from_bytes(repeated.receipt.entry))
            return answer_of(repeated.receipt, gathered, repeated.openings, redelivered=True, began_under=began)
        return answer_of(committed, gathered, {}, referral=referral)

    async def _conflict(
        self, request: DisclosureRequest, found: Outcome, code: str, private: str, first: KeyRepeated
    ) -> Answer:
        """A refusal that keeps, in private, what was found: the account for the person holds back what it has to."""
        refusal = Deny((Reason(code),), found.decision.policy_revision)
        outcome = replace(
            found, decision=refusal, private_outcome=private, requested=(), records=(), columns={}, purpose=None
        )
        evidence = evidence_of(request, outcome, first=False, repeats=first.entry_index)
        committed = await self._log.commit(evidence.submission)
        return KeyReused(code, committed) if isinstance(committed, Receipt) else Replayed()

    async def _malformed(
        self,
        request: DisclosureRequest,
        gap: "_Gap",
        record_type: RecordType | None,
        agreement: AgreementVersion | None,
        preconditions: tuple[Precondition, ...] = (),
    ) -> Answer:
        duties: tuple[Obligation, ...] = ()
        if record_type is not None and request.ground is Ground.INVESTIGATIVE_REQUEST:
            duties = await self._gather.duties_of(request, record_type)
        decision = Deny((Reason(gap.code),), self._engine.revision, duties)
        stands_in = None if request.recipient in self._units else request.requester
        outcome = Outcome(decision, "malformed", record_type=record_type, agreement=agreement, stands_in=stands_in)
        evidence: Evidence = evidence_of(request, outcome, first=False, preconditions=preconditions)
        committed = await self._log.commit(evidence.submission)
        if isinstance(committed, StateConflict):
            raise OvertakenError
        return Malformed(committed, gap.code, gap.member) if isinstance(committed, Receipt) else Replayed()


class OvertakenError(LogUnavailableError):
    """What the answer rests on was changed before it was durable; nothing was written or disclosed, and the request may
    be judged again."""

    def __init__(self) -> None:
        super().__init__("what this request rests on was changed just now; nothing was disclosed, ask again")


def _continued(request: DisclosureRequest, gathered: Gathered) -> Gathered:
    """What was gathered, where it is a page that another follows, with a cursor that says by which rules it began."""
    if gathered.next_cursor is None:
        return gathered
    outcome = gathered.outcome
    began = request.began_under or AppliedRules.of(outcome.agreement, outcome.decision.policy_revision)
    return replace(gathered, next_cursor=began.marked(gathered.next_cursor))


@dataclass(frozen=True, slots=True)
class _Gap:
    code: str
    member: str


_NO_RECORD_TYPE = _Gap("unknown-record-type", "record_type")
