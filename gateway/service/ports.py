"""What the use cases need from outside, as Protocols of at most three methods.

Adapters implement these; tests implement them in memory. A port raises only `gateway.domain.errors.DependencyError`
subclasses; what is a normal outcome (no such record, nonce replayed) is a value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from audit.quick import quick
from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision
from gateway.domain.ground import Determination, EvidenceFacts
from gateway.domain.record import SourcePage, SourceRecord
from gateway.domain.submission import CommitOutcome, NonceUse, Receipt, Submission
from gateway.domain.target import ListQuery, SubjectIdentifier


class Clock(Protocol):
    def now(self) -> datetime:
        """The current time, aware, in UTC."""


class AgreementRegister(Protocol):
    """Published versions, one in force or latest per id."""

    def find(self, agreement: str) -> AgreementVersion | None: ...

    def concerning(self, unit: str) -> Sequence[AgreementVersion]: ...


class AgreementArchive(Protocol):
    """Every version that was ever in the register."""

    def version(self, digest: str) -> AgreementVersion | None:
        """The agreement version with this digest (base64url without padding). Blocks; raises LogUnavailableError."""


@quick
@dataclass(frozen=True, slots=True)
class DecisionQuery:
    """The policy input, free of personal values. `on` is the day in Ottawa and Toronto, where the Acts in the register
    begin and end; `agreement_on` the day in the zone of the agreement's term, None for the same. `record_attributes`
    is None before the fetch."""

    requester: str
    recipient: str
    custodian: str
    agreement: AgreementVersion | None
    record_type: str
    purpose: str
    elements: tuple[str, ...]
    cardinality: str
    ground: str
    on: date
    case_reference: bool
    record_attributes: tuple[tuple[str, str | bool | None], ...] | None = field(repr=False)
    evidence: EvidenceFacts | None = None
    determination: Determination | None = None
    agreement_on: date | None = None

    def about(self, record_attributes: tuple[tuple[str, str | bool | None], ...]) -> "DecisionQuery":
        """The same of a record; written out, because it is on the way of every disclosure."""
        return DecisionQuery(
            *(self.requester, self.recipient, self.custodian, self.agreement, self.record_type, self.purpose),
            *(self.elements, self.cardinality, self.ground, self.on, self.case_reference, record_attributes),
            *(self.evidence, self.determination, self.agreement_on),
        )


class PolicyEngine(Protocol):
    """The PDP. Raises PolicyEngineError where it cannot answer."""

    @property
    def revision(self) -> str:
        """SHA-256 of the Rego and its data, base64url without padding (43 characters)."""

    async def decide(self, query: DecisionQuery) -> Decision: ...


class Source(Protocol):
    """Reads records of one record type; only the elements named, with bounded time and concurrency.

    Raises SourceError."""

    async def fetch(self, subject: SubjectIdentifier, elements: Sequence[str]) -> tuple[SourceRecord, ...]:
        """The records (at most 50) with this identifier; empty where there is none."""

    async def page(self, query: ListQuery, elements: Sequence[str]) -> SourcePage: ...

    async def count(self, filters: Mapping[str, str]) -> int: ...


class Sources(Protocol):
    def find(self, record_type: str) -> Source | None: ...


class DisclosureLog(Protocol):
    async def commit(self, submission: Submission) -> CommitOutcome:
        """Makes everything in `submission` durable in one transaction, or nothing.

        Raises LogUnavailableError; then nothing may be disclosed, whatever became of the entry."""


class EntryArchive(Protocol):
    """Reads what was made durable. Raises LogUnavailableError."""

    async def entry(self, entry_index: int) -> Receipt | None:
        """The entry at this index, as a receipt for it; it was durable before."""

    async def private_part(self, entry_index: int) -> bytes | None:
        """The plaintext of the first private part, or None when it was erased."""


class Nonces(Protocol):
    async def spend(self, use: NonceUse) -> bool:
        """Spend a nonce of a request that leaves no entry; False where it was spent before.

        Raises LogUnavailableError."""


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """RFC 6962 audit path (32-byte hashes, leaf upwards) and the signed checkpoint (note text) it leads to."""

    hashes: tuple[bytes, ...]
    checkpoint: str


class Proofs(Protocol):
    async def inclusion(self, entry_index: int) -> InclusionProof:
        """The proof of a durable entry; has a checkpoint signed when none covers it yet.

        Raises LogUnavailableError."""


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """A scrubbed text and how many passages of each kind were replaced."""

    text: str
    replaced: Mapping[str, int]


class Scrubber(Protocol):
    def scrub(self, text: str, names: Sequence[str]) -> Scrubbed:
        """Replaces identifiers and every one of `names` (deny-list of the record's own identifiers and third
        parties). Raises ScrubError; then the element is withheld."""
