"""Agreement versions and policy revisions as they were, for as long as an entry may cite them.

Invariant 8: a document is named by its SHA-256, written once, and checked against its name whenever it is read; what
was altered in the database is an error, never an answer. Does not: know what the documents say.
"""

from hashlib import sha256
from typing import Final

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.domain.errors import LogUnavailableError

AGREEMENT: Final = "agreement"
RULEBOOK_FILE: Final = "rulebook-file"
POLICY: Final = "policy"
POLICY_SOURCES: Final = "policy-sources"
POLICY_MODULE: Final = "policy-module"
POLICY_BUILD: Final = "policy-build"
"""The kinds there are."""

_KEEP = text(
    "INSERT INTO kept_document (kind, digest, body) VALUES (:kind, :digest, :body) "
    "ON CONFLICT (kind, digest) DO NOTHING"
)
_THERE = text("SELECT 1 FROM kept_document WHERE kind = :kind AND digest = :digest")
_ALL = text("SELECT digest, body FROM kept_document WHERE kind = :kind ORDER BY digest")
_READ = text("SELECT body FROM kept_document WHERE kind = :kind AND digest = :digest")


class DocumentAlteredError(LogUnavailableError):
    """A kept document does not have the digest it is kept under."""

    code = "document-altered"


class KeptDocuments:
    """What they say is known to `gateway.adapters.rulebook.kept` and `gateway.adapters.pdp.kept`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, kind: str, body: bytes) -> bytes:
        """Keep a document; returns its digest (32 bytes). The same one again changes nothing.

        Raises LogUnavailableError."""
        digest = sha256(body).digest()
        try:
            # Looked for first: on SQLite even a write that changes nothing waits for the log's own.
            with self._engine.connect() as connection:
                if connection.execute(_THERE, {"kind": kind, "digest": digest}).scalar_one_or_none() is not None:
                    return digest
            with self._engine.begin() as connection:
                connection.execute(_KEEP, {"kind": kind, "digest": digest, "body": body})
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"documents cannot be kept ({type(error).__name__})") from None
        return digest

    def read(self, kind: str, digest: bytes) -> bytes | None:
        """The document with this digest, or None. Raises DocumentAlteredError, LogUnavailableError."""
        try:
            with self._engine.connect() as connection:
                body = connection.execute(_READ, {"kind": kind, "digest": digest}).scalar_one_or_none()
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"documents cannot be read ({type(error).__name__})") from None
        return None if body is None else _checked(digest, body)

    def all(self, kind: str) -> tuple[bytes, ...]:
        """Every document of a kind, in order of their digests. Raises DocumentAlteredError, LogUnavailableError."""
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(_ALL, {"kind": kind}).all()
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"documents cannot be read ({type(error).__name__})") from None
        return tuple(_checked(bytes(digest), body) for digest, body in rows)


def _checked(digest: bytes, body: object) -> bytes:
    if not isinstance(body, bytes) or sha256(body).digest() != digest:
        raise DocumentAlteredError("a kept document was altered in the database; restore it from an export")
    return body
