"""Who comes in the request forms of grounds: whom a paper names, who speaks for them, who agreed, who died.

Strict, and silent about what a caller sent. Does not: judge.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from gateway.api.form_values import Code, Day, Digest, Prose, Value
from gateway.domain.target import SubjectIdentifier


class Form(BaseModel):
    """A part of a request form: no other members, no conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    def __repr_args__(self) -> list[tuple[str | None, object]]:
        """Nothing of what a caller sent."""
        return []


class Named(Form):
    """The person that a paper names, by an identifier scheme of the record type."""

    scheme: Code
    value: Value

    def identifier(self) -> SubjectIdentifier:
        return SubjectIdentifier(self.scheme, self.value)


class Representative(Form):
    """Who asks for the person, on what paper: its SHA-256, valid until a day (Privacy Regulations s.10, MFIPPA 54,
    FIPPA 66). `kind`: whom the person authorised in writing; a parent or guardian of a child or of an adult who cannot
    act; who administers an estate, and for what; an attorney under a power of attorney for an adult who cannot act."""

    kind: Literal["written-authority", "parent-or-guardian", "estate", "attorney"] = "written-authority"
    authorisation: Digest
    valid_until: Day | None = None
    acts_for: Literal["child-under-16", "minor", "incapable-adult"] | None = None
    estate_matter: Prose | None = None

    def stated(self) -> tuple[str, ...]:
        """The codes of what it states, besides that somebody represents the person."""
        acting = () if self.acts_for is None else (f"acts-for-{self.acts_for}",)
        matter = () if self.estate_matter is None else ("estate-administration",)
        return ("representative", "representative-authorised", f"representative-{self.kind}", *acting, *matter)


class PersonsConsent(Form):
    """The SHA-256 of the consent that a person signed to somebody else's access request, and whom it names."""

    document: Digest
    concerns: Named


class Death(Form):
    """That the person died, and the SHA-256 of what shows it. What is about somebody dead for more than 20 years is not
    personal under the Privacy Act (s.3 (m)), more than 30 under Ontario's Acts (MFIPPA 2(2), FIPPA 2(2))."""

    document: Digest
    died_on: Day
