"""Submissions for tests of the log: complete, small, and about invented people."""

import os
from datetime import UTC, datetime
from pathlib import Path

from audit import canonical
from audit.commitment import commit_private, fresh_salt
from audit.encoding import to_base64url
from audit.entry import AgreementRef, Authorities, Disclosed, Entry
from audit.vocabulary import digest_text, format_time
from gateway.adapters.db.engine import open_engine
from gateway.adapters.db.schema import prepare as prepare_schema
from gateway.adapters.log.vault import VaultKeys
from gateway.domain.submission import IdempotencyUse, NonceUse, ObligationDue, PrivatePart, Submission
from gateway.domain.target import SubjectIdentifier

KEYS = VaultKeys(search=b"s" * 32, key_encryption={1: b"k" * 32})
TIME = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def subject(number: int) -> SubjectIdentifier:
    return SubjectIdentifier("uci", f"00-0000-{number:04}")


def part(*subjects: SubjectIdentifier, note: str = "canary") -> PrivatePart:
    body = {"note": note, "subjects": [one.value for one in subjects]}
    salt = fresh_salt()
    plaintext = canonical.encode({"part": body, "salt": to_base64url(salt)})
    return PrivatePart(subjects, plaintext, commit_private(salt, body))


def submission(
    *subjects: SubjectIdentifier,
    nonce: str | None = "",
    key: str | None = None,
    body: bytes = b"body",
    when: datetime = TIME,
    parts: tuple[PrivatePart, ...] | None = None,
) -> Submission:
    """A disclosure about `subjects` with one private part; a fresh nonce unless told."""
    if parts is None:
        parts = (part(*subjects),)
    entry = Entry(
        time=format_time(when),
        kind="disclosure",
        requester="ircc-network",
        recipient="ircc-network",
        custodian="esdc-isb",
        agreement=AgreementRef("isa-esdc-ircc", "1.0", digest_text(b"a" * 32)),
        clauses=("isa-esdc-ircc#lmia-1",),
        authorities=Authorities(("DESDA-36-1",), ("IRPR-209-92",)),
        record_type="lmia",
        purpose="work-permit-decision",
        ground="agreement",
        cardinality="single",
        effect="permit",
        disclosed=(Disclosed("decision", "plain", digest_text(os.urandom(32))),),
        records=1,
        policy_revision=digest_text(b"p" * 32),
        request_digest=digest_text(os.urandom(32)),
        private=tuple(digest_text(one.commitment) for one in parts),
    )
    spent = os.urandom(16).hex() if nonce == "" else nonce
    return Submission(
        entry=entry,
        private=parts,
        obligations=(ObligationDue("retain", "disclosure", when),),
        nonce=NonceUse("key-a", spent, int(when.timestamp()) + 10**9) if spent is not None else None,
        idempotency=IdempotencyUse("ircc", key, body) if key is not None else None,
    )


def new_database(folder: Path) -> Path:
    """A SQLite file with the schema."""
    path = folder / "log.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    prepare_schema(engine)
    engine.dispose()
    return path
