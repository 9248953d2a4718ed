"""What a partner asks, after its signature and shape were checked and before anything is decided.

Holds the personal values a request must carry (the identifier, the case reference); nothing here may be logged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.domain.disclosure import CaseStands
    from gateway.domain.evidence_form import EvidenceForm
    from gateway.domain.ground import Determination


class Cardinality(StrEnum):
    SINGLE = "single"
    LIST = "list"


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
class SubjectIdentifier:
    """Names the one record or person asked about: an identifier scheme of the catalogue and a value in it."""

    scheme: str = field(repr=False)
    value: str = field(repr=False)


def separate_file(subject: SubjectIdentifier) -> SubjectIdentifier:
    """Where what must not tip a person off is filed: under a key and a token of its own, which their own account does
    not look at (Privacy Act 8(4), 9(2), 22)."""
    return SubjectIdentifier(f"apart:{subject.scheme}", subject.value)


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A page of a list: exact-match filter by element, at most `limit` records after `cursor` (opaque)."""

    filter: Mapping[str, str] = field(repr=False)
    limit: int
    cursor: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Released:
    """What a named person released of this very request: the entry that says so, and the obligations it settled."""

    entry_index: int
    determination: "Determination"
    settled: tuple[str, ...]
    stands: "CaseStands"


@dataclass(frozen=True, slots=True)
class DisclosureRequest:
    """A request that is authentic and well-formed. `agreement` is None where the caller names none; `received_at` is
    UTC. `form` comes with every other ground; `released` where a person decided before. `request_digest` is the
    SHA-256 of the body, `idempotency_digest` that of all that says what is asked, where that is more than the body.
    Names are not in its representation either: until they are looked up, anything may stand there."""

    requester: str
    recipient: str = field(repr=False)
    agreement: str | None = field(repr=False)
    purpose: str = field(repr=False)
    record_type: str = field(repr=False)
    elements: tuple[str, ...] = field(repr=False)
    target: SubjectIdentifier | ListQuery
    ground: Ground
    case_reference: str | None = field(repr=False)
    acting_officer: str | None = field(repr=False)
    received_at: datetime
    request_digest: bytes
    keyid: str
    nonce: str
    idempotency_key: str = field(repr=False)
    form: "EvidenceForm | None" = field(default=None, repr=False)
    released: "Released | None" = field(default=None, repr=False)
    idempotency_digest: bytes | None = None

    @property
    def cardinality(self) -> Cardinality:
        return Cardinality.SINGLE if isinstance(self.target, SubjectIdentifier) else Cardinality.LIST
