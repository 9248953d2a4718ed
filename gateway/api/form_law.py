"""The request forms of courts and of those who investigate: an instrument, and a written request.

Strict, and silent about what a caller sent. Does not: judge.
"""

from typing import Annotated, Literal

from pydantic import Field

from gateway.api.form_people import Form, Named
from gateway.api.form_values import Code, Day, Digest, ElementName, Prose, Value, given, stated
from gateway.domain.evidence_form import EvidenceForm
from gateway.domain.ground import Ground


class CourtOrderForm(Form):
    """Privacy Act 8(2)(c), Customs Act 107(5)(m), (n): the instrument, its issuer, its scope and its term (half-open).

    `proceedings` says which kind it serves: a court abroad opens customs information for criminal ones alone.
    `concerns_program`: they directly concern how a program of ESDC is administered or enforced (DESDA 40)."""

    kind: Literal["court-order"]
    instrument: Literal["subpoena", "warrant", "production-order", "order", "court-rules"]
    issuer: Literal["federal-court", "superior-court", "provincial-court", "tribunal", "foreign-court"]
    document: Digest
    addressed_to: Code
    issued: Day
    expires: Day | None = None
    proceedings: Literal["criminal", "civil"] | None = None
    concerns_program: bool = False
    concerns: Named
    elements: Annotated[list[ElementName], Field(min_length=1, max_length=64)]

    def evidence(self) -> EvidenceForm:
        kind = () if self.proceedings is None else (f"{self.proceedings}-proceedings",)
        program = ("program-proceedings",) if self.concerns_program else ()
        return EvidenceForm(
            Ground.COURT_ORDER,
            document=self.document,
            concerns=self.concerns.identifier(),
            addressed_to=self.addressed_to,
            elements=tuple(self.elements),
            valid_from=self.issued,
            valid_until=self.expires,
            aim=self.instrument,
            issuer=self.issuer,
            stated=("request-in-writing", *kind, *program),
        )


class InvestigativeRequestForm(Form):
    """Privacy Act 8(2)(e), MFIPPA 32(g): a written request that states its purpose and describes the information.

    `investigation` is the file of the investigation at the requester. `offence` says instead why an offence may have
    been committed, where the requester still decides whether to investigate (MFIPPA 32(g)(ii), FIPPA 42(1)(g)(ii)).
    `fingerprint_match` is IRPR 13.11's event, `identification` its purpose: a person is identified for an offence, or
    because nothing else identifies them in their condition or after their death; `indictable_offence` and
    `reasonable_grounds` are what Customs Act 107(5)(a) asks of a peace officer."""

    kind: Literal["investigative-request"]
    document: Digest | None = None
    addressed_to: Code
    aim: Literal["enforce-law-of-canada", "enforce-law-of-province", "lawful-investigation"]
    purpose: Prose | None = None
    information: Prose | None = None
    investigation: Value | None = None
    offence: Prose | None = None
    concerns: Named
    elements: Annotated[list[ElementName], Field(min_length=1, max_length=64)]
    fingerprint_match: bool = False
    identification: Literal["for-offence", "incapable-or-dead"] | None = None
    indictable_offence: Prose | None = None
    reasonable_grounds: Prose | None = None

    def evidence(self) -> EvidenceForm:
        said = {
            "request-in-writing": self.document,
            "purpose": self.purpose,
            "information-description": self.information,
            "investigation": self.investigation,
            "offence-believed": self.offence,
            "fingerprint-match": self.fingerprint_match or None,
            "indictable-offence": self.indictable_offence,
            "reasonable-grounds": self.reasonable_grounds,
        }
        identified = () if self.identification is None else (f"identify-{self.identification}",)
        texts = {
            "purpose": self.purpose,
            "information": self.information,
            "investigation": self.investigation,
            "offence": self.offence,
            "indictable_offence": self.indictable_offence,
            "reasonable_grounds": self.reasonable_grounds,
        }
        return EvidenceForm(
            Ground.INVESTIGATIVE_REQUEST,
            document=self.document,
            concerns=self.concerns.identifier(),
            addressed_to=self.addressed_to,
            elements=tuple(self.elements),
            aim=self.aim,
            stated=(*stated(said), *identified),
            texts=given(texts),
        )
