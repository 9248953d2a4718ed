"""On what a request rests when it rests on no agreement: what its evidence shows, and what a named person determined.

Both go into the policy input, so neither holds a personal value: whether the evidence names the person asked about is
a yes or no here; the evidence itself stays in the private part. Texts of a form are only known to be there.
Does not: read a form (`gateway.domain.evidence_form` does) or judge (Rego does).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from audit.canonical import JsonValue
from gateway.domain.element import Form


class Ground(StrEnum):
    """On which ground a request is made."""

    AGREEMENT = "agreement"
    CONSENT = "consent"
    COURT_ORDER = "court-order"
    INVESTIGATIVE_REQUEST = "investigative-request"
    PUBLIC_INTEREST = "public-interest"
    EMERGENCY = "emergency"
    OWN_INFORMATION = "own-information"
    RESEARCH = "research"
    MEMBER_OF_PARLIAMENT = "member-of-parliament"
    AUDIT = "audit"
    NATIONAL_SECURITY = "national-security"
    ACCESS_REQUEST = "access-request"
    OVERSIGHT = "oversight"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """Facts about the evidence of one request. `valid` dates are days in Ottawa, half-open.

    subject: the evidence names the very person who is asked about.
    custodian: it is addressed to, or was given to, the institution of the custodian.
    recipient, purpose: the unit and the purpose code it names, where it names any.
    elements: the data elements it covers.
    document: the digest of a document is on file.
    stated: what the form states in writing, as codes (`purpose`, `undertaking`, `identity-verified`, ...).
    aim: what for, of a closed list of the ground. issuer: the kind of court.
    """

    subject: bool = False
    custodian: bool = False
    recipient: str | None = None
    purpose: str | None = None
    elements: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    revoked: bool = False
    document: bool = False
    stated: tuple[str, ...] = ()
    aim: str | None = None
    issuer: str | None = None

    def as_json(self) -> Mapping[str, JsonValue]:
        """As the policy input has it, and the private part keeps it."""
        return {
            "subject": self.subject,
            "custodian": self.custodian,
            "recipient": self.recipient,
            "purpose": self.purpose,
            "elements": self.elements,
            "from": self.valid_from.isoformat() if self.valid_from else None,
            "until": self.valid_until.isoformat() if self.valid_until else None,
            "revoked": self.revoked,
            "document": self.document,
            "stated": self.stated,
            "aim": self.aim,
            "issuer": self.issuer,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "EvidenceFacts":
        start, end = kept["from"], kept["until"]
        return cls(
            subject=kept["subject"],
            custodian=kept["custodian"],
            recipient=kept["recipient"],
            purpose=kept["purpose"],
            elements=tuple(kept["elements"]),
            valid_from=date.fromisoformat(start) if start else None,
            valid_until=date.fromisoformat(end) if end else None,
            revoked=kept["revoked"],
            document=kept["document"],
            stated=tuple(kept["stated"]),
            aim=kept["aim"],
            issuer=kept["issuer"],
        )


@dataclass(frozen=True, slots=True)
class Determination:
    """What a named, delegated person released: under which provisions, which elements in which form; `despite_banner`
    where the record bears a banner and the person decided in knowledge of it; `source_agreed` where the person says
    that whoever gave the information in confidence agrees, or made it public (Privacy Act 19(2))."""

    authorities: tuple[str, ...]
    elements: Mapping[str, Form] = field(default_factory=dict)
    despite_banner: bool = False
    source_agreed: bool = False

    def as_json(self) -> Mapping[str, JsonValue]:
        """As a case and the private part keep it: the form by element, in its code (`mask:3`)."""
        return {
            "authorities": self.authorities,
            "elements": {name: form.code for name, form in sorted(self.elements.items())},
            **({"despite_banner": True} if self.despite_banner else {}),
            **({"source_agreed": True} if self.source_agreed else {}),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Determination":
        elements = {name: Form.parse(code) for name, code in kept["elements"].items()}
        return cls(
            tuple(kept["authorities"]),
            elements,
            despite_banner=bool(kept.get("despite_banner", False)),
            source_agreed=bool(kept.get("source_agreed", False)),
        )


@dataclass(frozen=True, slots=True)
class GroundRules:
    """How a ground is handled where a person decides; every figure counts from the request or the decision.

    decide_within, escalate_after: how long the referral waits in all, and before it goes one level up.
    collect_within: how long a release may be collected.
    notice_first: the notices come before the release unless the decision says why that is not practicable.
    over_banner: a person may release a record that bears a banner.
    """

    ground: str
    title: Mapping[str, str]
    decide_within: timedelta
    escalate_after: timedelta
    collect_within: timedelta
    notice_first: bool
    over_banner: bool = False
