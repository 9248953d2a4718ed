"""The request forms of the grounds other than an agreement: one strict model each, discriminated by `kind`.

What a form asks for is what the provision asks for; a form that lacks it is refused before anything is judged, and one
that holds the wrong thing (another person, an expired paper) is judged and refused with the condition named. Papers do
not travel here: a form carries the SHA-256 of each, base64url without padding. Texts are kept encrypted and are never
executed, rendered as markup or logged. Does not: judge.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import Field, StringConstraints

from gateway.api.form_law import CourtOrderForm, InvestigativeRequestForm
from gateway.api.form_people import Death, Form, Named, PersonsConsent, Representative
from gateway.api.form_values import Code, Day, Digest, Prose, given, stated
from gateway.domain.evidence_form import EvidenceForm
from gateway.domain.ground import Ground

FORM_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "emergency": {
        "kind": "emergency",
        "danger": "life",
        "circumstances": "Fire reported at the accommodation; the worker has not been found.",
    },
    "court-order": {
        "kind": "court-order",
        "instrument": "production-order",
        "issuer": "superior-court",
        "document": "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
        "addressed_to": "ircc",
        "issued": "2026-11-02",
        "expires": "2026-12-02",
        "concerns": {"scheme": "uci", "value": "0000-0001"},
        "elements": ["permit_status"],
    },
}


class ConsentForm(Form):
    """Privacy Act 8(1), MFIPPA 32(b): `consent` is the reference of a consent on file at the gateway."""

    kind: Literal["consent"]
    consent: Annotated[str, StringConstraints(pattern=r"^c-[0-9a-f]{24}$")]

    def evidence(self) -> EvidenceForm:
        return EvidenceForm(Ground.CONSENT, reference=self.consent)


class OwnInformationForm(Form):
    """Privacy Act 12, DESDA 33(1), MFIPPA 36: the person asks, or a representative, which a person always weighs.

    `request` is the written request, `identity` how the person's identity was verified."""

    kind: Literal["own-information"]
    request: Digest
    addressed_to: Code
    concerns: Named
    identity: Literal["in-person", "documents", "digital", "not-verified"]
    representative: Representative | None = None

    def evidence(self) -> EvidenceForm:
        said = ["request-in-writing"]
        if self.identity != "not-verified":
            said.append("identity-verified")
        if self.representative is not None:
            said += self.representative.stated()
        return EvidenceForm(
            Ground.OWN_INFORMATION,
            document=self.request,
            concerns=self.concerns.identifier(),
            addressed_to=self.addressed_to,
            valid_until=self.representative.valid_until if self.representative else None,
            stated=tuple(said),
            texts=given({"estate_matter": self.representative.estate_matter if self.representative else None}),
        )


class PublicInterestForm(Form):
    """Privacy Act 8(2)(m), DESDA 37, Customs Act 107(6): why the public interest clearly outweighs the invasion of
    privacy, or how the disclosure clearly benefits the person, and the harm without it.

    Of customs information also why section 107 allows it in no other way (6)(a), or the person's benefit (6)(b)."""

    kind: Literal["public-interest"]
    justification: Prose
    harm: Prose | None = None
    no_other_way: Prose | None = None
    benefit: Prose | None = None

    def evidence(self) -> EvidenceForm:
        said = {
            "justification": self.justification,
            "harm": self.harm,
            "no-other-way": self.no_other_way,
            "clear-benefit": self.benefit,
        }
        texts = {
            "justification": self.justification,
            "harm": self.harm,
            "no_other_way": self.no_other_way,
            "benefit": self.benefit,
        }
        return EvidenceForm(
            Ground.PUBLIC_INTEREST, concerns=None, stated=stated(said), texts=given(texts), elements=None
        )


class EmergencyForm(Form):
    """Danger to someone's life, health or safety: Privacy Act 8(2)(m), DESDA 37, Customs 107(4)(e), MFIPPA 32(h).

    `compassion` instead says who is injured, ill or dead, and which relative or friend is to be reached (32(i))."""

    kind: Literal["emergency"]
    danger: Literal["life", "health", "safety"]
    circumstances: Prose
    compassion: Prose | None = None

    def evidence(self) -> EvidenceForm:
        said = {"justification": True, "compelling-circumstances": True, "compassion": self.compassion}
        texts = {"circumstances": self.circumstances, "compassion": self.compassion}
        return EvidenceForm(Ground.EMERGENCY, aim=self.danger, stated=stated(said), texts=given(texts))


class ResearchForm(Form):
    """Privacy Act 8(2)(j)-(k), DESDA 38: why records that do not identify would not do, and the undertaking's paper.

    Of ESDC also why the research is in the public interest, and how its results are made available (39(1)(c), (e))."""

    kind: Literal["research"]
    aim: Literal["research", "statistics", "claims-research"]
    project: Prose
    why_identifiable: Prose | None = None
    public_interest: Prose | None = None
    results: Prose | None = None
    undertaking: Digest | None = None
    undertaking_until: Day | None = None
    addressed_to: Code

    def evidence(self) -> EvidenceForm:
        said = {
            "purpose": self.project,
            "non-identifiable-rejected": self.why_identifiable,
            "public-interest": self.public_interest,
            "results": self.results,
            "undertaking": self.undertaking,
        }
        texts = {
            "project": self.project,
            "why_identifiable": self.why_identifiable,
            "public_interest": self.public_interest,
            "results": self.results,
        }
        return EvidenceForm(
            Ground.RESEARCH,
            document=self.undertaking,
            addressed_to=self.addressed_to,
            valid_until=self.undertaking_until,
            aim=self.aim,
            stated=stated(said),
            texts=given(texts),
        )


class MemberOfParliamentForm(Form):
    """Privacy Act 8(2)(g), DESDA 33(2): the constituent's own request, and the matter they need help with.

    `affects`: what of the person under a program of ESDC the information is relevant to (DESDA 33(2))."""

    kind: Literal["member-of-parliament"]
    request: Digest | None = None
    matter: Prose
    concerns: Named
    affects: Literal["application", "benefit-or-assistance", "pension-division", "other-matter"] | None = None

    def evidence(self) -> EvidenceForm:
        said = {
            "constituent-request": self.request,
            "request-in-writing": self.request,
            "matter-under-program": self.affects,
        }
        return EvidenceForm(
            Ground.MEMBER_OF_PARLIAMENT,
            document=self.request,
            concerns=self.concerns.identifier(),
            aim=self.affects,
            stated=(*stated(said), "purpose"),
            texts={"matter": self.matter},
        )


class AuditForm(Form):
    """Privacy Act 8(2)(h), Auditor General Act 13(1), MFIPPA 32(l): the mandate of the audit. No tool of case work."""

    kind: Literal["audit"]
    mandate: Prose
    document: Digest | None = None

    def evidence(self) -> EvidenceForm:
        said = {"purpose": self.mandate, "request-in-writing": self.document}
        return EvidenceForm(Ground.AUDIT, document=self.document, stated=stated(said), texts={"mandate": self.mandate})


class OversightForm(Form):
    """Privacy Act 34(2), MFIPPA 32(j)-(k) and 41, FIPPA 42(1)(l)-(m) and 52: the commissioner, or the minister
    responsible for the Act, says under which mandate; `document` is the written request or the notice of inquiry."""

    kind: Literal["oversight"]
    mandate: Prose
    document: Digest
    addressed_to: Code

    def evidence(self) -> EvidenceForm:
        return EvidenceForm(
            Ground.OVERSIGHT,
            document=self.document,
            addressed_to=self.addressed_to,
            stated=("purpose", "request-in-writing"),
            texts={"mandate": self.mandate},
        )


class PublishedForm(Form):
    """Immigration and Refugee Protection Regulations s.209.997: what the public list says of a final determination.
    Anyone may have it, so that there is nothing to show."""

    kind: Literal["published"]

    def evidence(self) -> EvidenceForm:
        return EvidenceForm(Ground.PUBLISHED)


class NationalSecurityForm(Form):
    """Security of Canada Information Disclosure Act s.5: the basis, and how reliable the information is."""

    kind: Literal["national-security"]
    basis: Prose
    accuracy: Prose | None = None

    def evidence(self) -> EvidenceForm:
        texts = {"basis": self.basis, "accuracy": self.accuracy}
        said = {"security-basis": self.basis, "accuracy-statement": self.accuracy}
        return EvidenceForm(Ground.NATIONAL_SECURITY, stated=stated(said), texts=given(texts))


class AccessRequestForm(Form):
    """Someone else's access request under an access statute. MFIPPA 14 presumes what is about a person protected,
    unless that person consents, or health, safety or a public interest compels it (14(1)(a)-(b), 16).
    `harm` is a danger to someone's life, health or safety if it were released (8(1)(e), 13)."""

    kind: Literal["access-request"]
    request: Digest
    harm: Prose | None = None
    consent: PersonsConsent | None = None
    circumstances: Prose | None = None
    public_interest: Prose | None = None
    death: Death | None = None

    def evidence(self) -> EvidenceForm:
        texts = {"harm": self.harm, "circumstances": self.circumstances, "public_interest": self.public_interest}
        said = {
            "request-in-writing": self.request,
            "harm": self.harm,
            "person-consents": self.consent,
            "compelling-circumstances": self.circumstances,
            "public-interest": self.public_interest,
        }
        return EvidenceForm(
            Ground.ACCESS_REQUEST,
            document=self.request,
            concerns=self.consent.concerns.identifier() if self.consent else None,
            stated=stated(said),
            texts=given(texts),
            died_on=self.death.died_on if self.death else None,
        )


GroundForm = Annotated[
    ConsentForm
    | OwnInformationForm
    | CourtOrderForm
    | InvestigativeRequestForm
    | PublicInterestForm
    | EmergencyForm
    | ResearchForm
    | MemberOfParliamentForm
    | AuditForm
    | NationalSecurityForm
    | AccessRequestForm
    | OversightForm
    | PublishedForm,
    Field(discriminator="kind"),
]
_FORMS: Final = (
    *(ConsentForm, OwnInformationForm, CourtOrderForm, InvestigativeRequestForm, PublicInterestForm),
    *(EmergencyForm, ResearchForm, MemberOfParliamentForm, AuditForm, NationalSecurityForm, AccessRequestForm),
    *(OversightForm, PublishedForm),
)
FORM_KINDS: Final = frozenset(kind for form in _FORMS for kind in get_args(form.model_fields["kind"].annotation))
FORM_MEMBERS: Final = frozenset(
    name for form in (*_FORMS, Named, PersonsConsent, Representative, Death) for name in form.model_fields
)
"""Names that a problem may repeat."""
