"""From a form to what the policy may know of it: whose it is, what it covers, when it counts; never what it says.

Invariants: a paper that names a person, an institution or elements counts for exactly these; a form that names none,
because it is written for this very request (a danger, a justification, a mandate), is about whom and what the request
is about. A consent counts as it is on file at the moment of the request, whatever the requester claims of it; to a
recipient that it does not name, it is as if there were none, so that its number tells nobody whom it concerns.
Does not: judge whether the evidence suffices (Rego does).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Protocol

from gateway.domain.due import legal_day
from gateway.domain.evidence_form import EvidenceForm
from gateway.domain.ground import EvidenceFacts
from gateway.domain.identifiers import DeclaredScheme, IdentifierError, normalise
from gateway.domain.request import DisclosureRequest
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import Precondition
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.service.ground.consents import KIND as CONSENT
from gateway.service.ground.consents import ON_FILE, consent_of


class CasesOnFile(Protocol):
    """Raises LogUnavailableError."""

    async def find(self, kind: str, case_id: str) -> StateRecord | None: ...

    def concerns(self, case: StateRecord, subject: SubjectIdentifier) -> bool: ...


_NOTHING: Final = EvidenceFacts()


class EvidenceReader:
    """`institutions` gives the organization of a unit; `schemes` are those the deployment declares."""

    def __init__(
        self,
        cases: CasesOnFile,
        institutions: Mapping[str, str],
        schemes: Mapping[str, DeclaredScheme],
        *,
        sandbox: bool = False,
    ) -> None:
        self._cases = cases
        self._institutions = institutions
        self._schemes = schemes
        self._sandbox = sandbox

    async def rests_on(self, request: DisclosureRequest) -> tuple[Precondition, ...]:
        """The consent that the request relies on, as it is now; read it before the facts, so that a withdrawal in
        between is seen in one or the other. Raises LogUnavailableError."""
        if request.form is None or request.form.reference is None:
            return ()
        case = await self._consent(request.form.reference, request)
        return () if case is None else (Precondition(CONSENT, case.id, case.revision),)

    async def facts(self, request: DisclosureRequest, custodian: str) -> EvidenceFacts | None:
        """What the request's evidence shows, for a record of this custodian; None where it comes with none.

        Raises LogUnavailableError."""
        form = request.form
        if form is None:
            return None
        if form.reference is not None:
            return await self._on_file(form.reference, request, custodian)
        return EvidenceFacts(
            subject=self._names(form, request.target),
            custodian=form.addressed_to is None or form.addressed_to == self._institutions.get(custodian),
            recipient=request.recipient,
            purpose=request.purpose,
            elements=self._covered(form.elements, request.elements),
            valid_from=form.valid_from,
            valid_until=form.valid_until,
            document=form.document is not None,
            stated=(*form.stated, *dead_for(form.died_on, legal_day(request.received_at))),
            aim=form.aim,
            issuer=form.issuer,
        )

    async def _on_file(self, reference: str, request: DisclosureRequest, custodian: str) -> EvidenceFacts:
        case = await self._consent(reference, request)
        if case is None:
            return _NOTHING
        consent = consent_of(case)
        same_records = consent.record_type == request.record_type
        return EvidenceFacts(
            subject=isinstance(request.target, SubjectIdentifier) and self._cases.concerns(case, request.target),
            custodian=consent.organization == self._institutions.get(custodian),
            recipient=consent.recipient,
            purpose=consent.purpose,
            elements=self._covered(consent.elements, request.elements) if same_records else (),
            valid_from=consent.valid_from,
            valid_until=consent.valid_until,
            revoked=case.state != ON_FILE,
            document=True,
            stated=("request-in-writing",),
        )

    async def _consent(self, reference: str, request: DisclosureRequest) -> StateRecord | None:
        """The consent under this number if it names the recipient; a stranger learns neither more nor sooner."""
        case = await self._cases.find(CONSENT, reference)
        return case if case is not None and consent_of(case).recipient == request.recipient else None

    def _names(self, form: EvidenceForm, target: SubjectIdentifier | ListQuery) -> bool:
        named = form.concerns
        if named is None:
            return True
        if not isinstance(target, SubjectIdentifier) or named.scheme != target.scheme:
            return False
        try:
            value = normalise(named.scheme, named.value, sandbox=self._sandbox, declared=self._schemes)
        except IdentifierError:
            return False
        return value == target.value

    @staticmethod
    def _covered(named: Sequence[str] | None, asked: Sequence[str]) -> tuple[str, ...]:
        """Of what was asked; a form without a list of elements (a danger, a justification) covers what is asked."""
        return tuple(asked) if named is None else tuple(name for name in asked if name in named)


def dead_for(died_on: date | None, today: date) -> tuple[str, ...]:
    """For more than how many years the person has been dead: Privacy Act s.3 (m), MFIPPA 2(2), FIPPA 2(2). Somebody who
    died on 29 February has been dead for a number of years on the 28th of a year that has none, and longer after it."""
    if died_on is None or died_on > today:
        return ()
    return tuple(f"dead-over-{years}-years" for years in (20, 30) if _anniversary(died_on, years) < today)


def _anniversary(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
