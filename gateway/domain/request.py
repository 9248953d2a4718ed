"""What a partner asks, after its signature and shape were checked and before anything is decided.

Holds the personal values a request must carry (the identifier, the case reference); nothing here may be logged.
"""

from dataclasses import dataclass, field
from datetime import datetime

from audit.quick import quick
from gateway.domain.applied_rules import AppliedRules
from gateway.domain.evidence_form import EvidenceForm
from gateway.domain.ground import Determination, Ground
from gateway.domain.submission import Precondition
from gateway.domain.target import Cardinality, ListQuery, SubjectIdentifier


@dataclass(frozen=True, slots=True)
class Released:
    """What a named person released of this very request: the entry that says so, and the obligations it settled."""

    entry_index: int
    determination: Determination
    settled: tuple[str, ...]
    precondition: Precondition


@quick
@dataclass(frozen=True, slots=True)
class DisclosureRequest:
    """A request that is authentic and well-formed. `agreement` is None where the caller names none; `received_at` is
    UTC. `form` comes with every other ground; `released` where a person decided before. `request_digest` is the
    SHA-256 of the body, `idempotency_digest` that of all that says what is asked, where that is more than the body;
    `began_under` by which rules a list or a referral that goes on here began.
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
    form: EvidenceForm | None = field(default=None, repr=False)
    released: Released | None = field(default=None, repr=False)
    idempotency_digest: bytes | None = None
    began_under: AppliedRules | None = None

    @property
    def cardinality(self) -> Cardinality:
        return Cardinality.SINGLE if isinstance(self.target, SubjectIdentifier) else Cardinality.LIST
