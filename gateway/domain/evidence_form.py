"""The form that comes with a request on another ground than an agreement: what the requester says it rests on.

Everything in it is the requester's word, and much of it is personal, so nothing here may be logged; it is kept in the
private part of the entry. What of it the policy may know is in `gateway.domain.ground.EvidenceFacts`.
Does not: know which members a ground asks for (the wire does), or whether the evidence suffices (Rego does).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from audit.canonical import JsonValue
from gateway.domain.ground import Ground
from gateway.domain.target import SubjectIdentifier


@dataclass(frozen=True, slots=True)
class EvidenceForm:
    """One filled-in form. `document` is the SHA-256 of the paper (base64url, 43 characters), `reference` the consent on
    file it relies on, `concerns` the person the evidence names, `addressed_to` an organization. Dates are days in
    Ottawa, half-open. `stated` are codes of what it states; `texts` its free text by member, data and never markup;
    `died_on` the day on which the person died."""

    ground: Ground
    reference: str | None = field(default=None, repr=False)
    document: str | None = field(default=None, repr=False)
    concerns: SubjectIdentifier | None = field(default=None, repr=False)
    addressed_to: str | None = field(default=None, repr=False)
    elements: tuple[str, ...] | None = field(default=None, repr=False)
    valid_from: date | None = None
    valid_until: date | None = None
    aim: str | None = field(default=None, repr=False)
    issuer: str | None = field(default=None, repr=False)
    stated: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    died_on: date | None = field(default=None, repr=False)

    def as_json(self) -> Mapping[str, JsonValue]:
        """The form as the private part keeps it."""
        concerns = self.concerns
        return {
            "reference": self.reference,
            "document": self.document,
            "concerns": {"scheme": concerns.scheme, "value": concerns.value} if concerns else None,
            "addressed_to": self.addressed_to,
            "elements": self.elements,
            "from": self.valid_from.isoformat() if self.valid_from else None,
            "until": self.valid_until.isoformat() if self.valid_until else None,
            "aim": self.aim,
            "issuer": self.issuer,
            "stated": self.stated,
            "texts": dict(self.texts),
            "died_on": self.died_on.isoformat() if self.died_on else None,
        }

    @classmethod
    def from_json(cls, ground: Ground, kept: Mapping[str, Any]) -> "EvidenceForm":
        """The form that a private part keeps."""
        concerns, start, end = kept["concerns"], kept["from"], kept["until"]
        return cls(
            ground=ground,
            reference=kept["reference"],
            document=kept["document"],
            concerns=SubjectIdentifier(concerns["scheme"], concerns["value"]) if concerns else None,
            addressed_to=kept["addressed_to"],
            elements=tuple(kept["elements"]) if kept["elements"] is not None else None,
            valid_from=date.fromisoformat(start) if start else None,
            valid_until=date.fromisoformat(end) if end else None,
            aim=kept["aim"],
            issuer=kept["issuer"],
            stated=tuple(kept["stated"]),
            texts=kept["texts"],
            died_on=date.fromisoformat(kept["died_on"]) if kept.get("died_on") else None,
        )
