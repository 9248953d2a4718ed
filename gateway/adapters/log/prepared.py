"""A submission made ready for a batch: everything that needs neither the lock nor an index is done here.

Invariant 6: identifiers leave this module as tokens and digests only. Encoding and hashing happen in the request's
own time, so that a malformed submission fails alone and the lock is held briefly.
"""

from dataclasses import dataclass, field, replace
from hashlib import sha256

from audit.encoding import to_base64url_each
from audit.entry import StateSeal
from audit.errors import AuditError
from audit.merkle import leaf_hash
from audit.quick import quick
from gateway.adapters.log.state import StateRow, done_row, sealed
from gateway.adapters.log.vault import Vault, part_context
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import (
    IdempotencyUse,
    NonceUse,
    ObligationDue,
    ObligationRef,
    Precondition,
    PrivatePart,
    StateChange,
    Submission,
)


class SubmissionError(LogUnavailableError):
    """The submission cannot be made an entry; nothing was written."""

    code = "submission-malformed"


@quick
@dataclass(frozen=True, slots=True)
class PreparedPart:
    """A private part with its tokens; `key_token` names the key it will be sealed under."""

    key_token: bytes
    tokens: tuple[bytes, ...]
    plaintext: bytes = field(repr=False)
    context: bytes


@quick
@dataclass(frozen=True, slots=True)
class Prepared:
    """A submission as the batch needs it. Digests are SHA-256; `nonce_expires` is Unix seconds.

    `body` is empty where only a nonce is spent. A change comes with the search token it is filed under; the entry
    carries its seal. `keyid` is the key that signed, None for staff."""

    body: bytes
    leaf: bytes
    nonce: bytes | None
    nonce_expires: int
    idempotency: bytes | None
    request_digest: bytes
    parts: tuple[PreparedPart, ...]
    obligations: tuple[ObligationDue, ...]
    changes: tuple[tuple[StateChange, bytes | None], ...] = ()
    done: tuple[ObligationRef, ...] = ()
    preconditions: tuple[Precondition, ...] = ()
    keyid: str | None = None
    state: tuple[StateSeal, ...] = ()

    @property
    def only_own_seals(self) -> bool:
        """Whether every seal is of a change or a fulfilment, and none of an erasure or an adoption."""
        return len(self.state) == len(self.changes) + len(self.done)


def prepare(submission: Submission, vault: Vault) -> Prepared:
    """Encode, hash and check a submission. Raises SubmissionError."""
    entry, private = submission.entry, submission.private
    try:
        stated = to_base64url_each([part.commitment for part in private])
    except ValueError:
        stated = []
    if stated != list(entry.private):
        raise SubmissionError("private parts and the commitments in the entry differ")
    changes = tuple(
        [
            (change, change.filed_as or (vault.token(change.subject) if change.subject else None))
            for change in submission.changes
        ]
    )
    try:
        if changes or submission.done:
            rows = [row_after(change, token) for change, token in changes]
            rows += [done_row(duty.entry_index, duty.position) for duty in submission.done]
            entry = replace(entry, state=(*entry.state, *(sealed(vault.state_key, row) for row in rows)))
        body = entry.to_bytes()
    except AuditError as error:
        raise SubmissionError(f"the entry is malformed: {error}") from None
    nonce, idempotency = submission.nonce, submission.idempotency
    month = entry.time[:7]
    return Prepared(
        body=body,
        leaf=leaf_hash(body),
        nonce=nonce_digest(nonce) if nonce else None,
        nonce_expires=nonce.expires if nonce else 0,
        idempotency=idempotency_digest(idempotency) if idempotency else None,
        request_digest=idempotency.request_digest if idempotency else b"",
        parts=tuple([_part(part, number, month, vault) for number, part in enumerate(private)]),
        obligations=submission.obligations,
        changes=changes,
        done=submission.done,
        preconditions=submission.preconditions,
        keyid=nonce.keyid if nonce else None,
        state=entry.state,
    )


def row_after(change: StateChange, token: bytes | None) -> StateRow:
    """The row that the change leaves behind."""
    due = int(change.due.timestamp()) if change.due else None
    return StateRow(change.kind, change.id, change.expected + 1, change.state, due, token, change.body)


def prepare_spending(use: NonceUse) -> Prepared:
    """A nonce to spend without an entry."""
    return Prepared(b"", b"", nonce_digest(use), use.expires, None, b"", (), (), keyid=use.keyid)


def nonce_digest(use: NonceUse) -> bytes:
    """SHA-256 over key id and nonce; the lengths keep the two apart."""
    return _digest(use.keyid, use.nonce)


def idempotency_digest(use: IdempotencyUse) -> bytes:
    """SHA-256 over party and key."""
    return _digest(use.party, use.key)


def _digest(first: str, second: str) -> bytes:
    head, tail = first.encode("utf-8", "surrogatepass"), second.encode("utf-8", "surrogatepass")
    return sha256(len(head).to_bytes(4, "big") + head + tail).digest()


def _part(part: PrivatePart, number: int, month: str, vault: Vault) -> PreparedPart:
    tokens = tuple(dict.fromkeys([vault.token(subject) for subject in part.subjects]))
    return PreparedPart(
        key_token=tokens[0] if tokens else vault.own_token(month),
        tokens=tokens,
        plaintext=part.plaintext,
        context=part_context(part.commitment, number, b"".join(tokens)),
    )
