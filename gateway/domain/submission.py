"""From a decision to what is made durable and what leaves.

Invariant 1: the answer to a partner is built from a `Receipt`, and only the code that runs after COMMIT
(`gateway.adapters.log.group_commit`) makes one. Nothing here does I/O.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from audit.entry import Entry
from audit.quick import quick
from gateway.domain.target import SubjectIdentifier


@quick
@dataclass(frozen=True, slots=True)
class PrivatePart:
    """What the log keeps encrypted about one data subject of an entry.

    `subjects` are the identifiers this part can be searched by, the first names the key it is encrypted under;
    empty for a part about no person (encrypted under the gateway's own key). `plaintext` is canonical JSON and
    contains the salt that opens `commitment`."""

    subjects: tuple[SubjectIdentifier, ...] = field(repr=False)
    plaintext: bytes = field(repr=False)
    commitment: bytes


@quick
@dataclass(frozen=True, slots=True)
class NonceUse:
    """A signature nonce spent by this request; kept until `expires` (Unix seconds)."""

    keyid: str
    nonce: str
    expires: int


@quick
@dataclass(frozen=True, slots=True)
class IdempotencyUse:
    """An Idempotency-Key of a party with the SHA-256 of the body it came with."""

    party: str
    key: str = field(repr=False)
    request_digest: bytes


@dataclass(frozen=True, slots=True)
class ObligationDue:
    """An obligation as work: `due` is UTC, None where it has no date."""

    code: str
    on: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class ObligationRef:
    """One obligation of an entry: its place in the entry's obligations as they were submitted, counted from 0."""

    entry_index: int
    position: int


@dataclass(frozen=True, slots=True)
class StateChange:
    """A case (a referral, a consent, a delegation order) that becomes durable with the entry which changes it.

    Written only if the case still has the revision `expected`, 0 for a new one; otherwise nothing of the submission is.
    `body` is canonical JSON of codes, never a personal value; `due` (UTC) is when its clock runs out; `subject` is the
    person it is filed under, so that erasing the person erases it, or `filed_as` that person's token where only the
    token is known."""

    kind: str
    id: str
    expected: int
    state: str
    body: bytes = field(repr=False)
    due: datetime | None = None
    subject: SubjectIdentifier | None = field(default=None, repr=False)
    filed_as: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Precondition:
    """A case that a submission rests on (a consent, a delegation order, a release): only if it still has `revision`
    when the entry is made is anything written."""

    kind: str
    id: str
    revision: int


@quick
@dataclass(frozen=True, slots=True)
class Submission:
    """All that one request makes durable, in one transaction (invariant 9).

    `nonce` and `idempotency` are None for staff actions. `idempotency` is None too for a redelivery. `changes` are
    cases that change with the entry; `done` are open obligations that it fulfils; `preconditions` are cases that it
    rests on."""

    entry: Entry
    private: tuple[PrivatePart, ...]
    obligations: tuple[ObligationDue, ...]
    nonce: NonceUse | None
    idempotency: IdempotencyUse | None
    changes: tuple[StateChange, ...] = ()
    done: tuple[ObligationRef, ...] = ()
    preconditions: tuple[Precondition, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an entry is durable. Made after COMMIT, nowhere else."""

    entry_index: int
    entry: bytes
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class NonceReplayed:
    """The signature no longer counts: its nonce was spent before, or its key was revoked; nothing was written."""


@dataclass(frozen=True, slots=True)
class KeyRepeated:
    """The Idempotency-Key was used before, for the entry at `entry_index`; nothing was written."""

    entry_index: int
    same_request: bool


@dataclass(frozen=True, slots=True)
class StateConflict:
    """Somebody was faster: a case it changes or rests on has another revision, or an obligation is done; nothing was
    written."""


CommitOutcome: TypeAlias = Receipt | NonceReplayed | KeyRepeated | StateConflict
