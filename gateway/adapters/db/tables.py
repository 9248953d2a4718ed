"""The tables: what a deployment keeps, and in which of them nothing personal may ever stand in clear.

Invariant 6: no column holds a personal value. Identifiers of people appear only as keyed HMAC tokens (16 bytes),
private parts only as AES-256-GCM ciphertext, Idempotency-Keys and nonces only as SHA-256 digests.
`entry_index` counts from 0 without gaps; times of the database are Unix seconds, UTC.
Does not: hold wire or domain types (three types: wire, domain, table), nor any SQL that reads or writes.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

# SQLite keeps a 64-bit INTEGER PRIMARY KEY as the row's own place; BIGINT there would be a second index.
_Big = BigInteger().with_variant(Integer(), "sqlite")
_CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False}


class Table(SQLModel, registry=registry()):
    """Base of this database's tables, with a MetaData of its own."""


def _big(*, key: bool = False, nullable: bool = False) -> Any:
    return Field(sa_column=Column(_Big, primary_key=key, nullable=nullable, autoincrement=False))


def _small(*, key: bool = False) -> Any:
    return Field(sa_column=Column(SmallInteger, primary_key=key, nullable=False, autoincrement=False))


def _bytes(*, key: bool = False) -> Any:
    return Field(sa_column=Column(LargeBinary, primary_key=key, nullable=False))


def _text(*, key: bool = False, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Text, primary_key=key, nullable=nullable))


class SchemaVersion(Table, table=True):
    """One row: which schema this database has, and whose log it is."""

    __tablename__ = "schema_version"
    id: int = _small(key=True)
    version: int = _small()


class LogHead(Table, table=True):
    """One row, locked by whoever appends: size, root and frontier (`audit.merkle.Frontier`) of the tree.

    `key_epoch` grows when subject keys are erased, so that every process forgets the keys it remembers."""

    __tablename__ = "log_head"
    id: int = _small(key=True)
    size: int = _big()
    root: bytes = _bytes()
    frontier: bytes = _bytes()
    key_epoch: int = _big()


class LogEntry(Table, table=True):
    """Canonical entry bytes and their RFC 6962 leaf hash."""

    __tablename__ = "entry"
    entry_index: int = _big(key=True)
    leaf_hash: bytes = _bytes()
    body: bytes = _bytes()


class HashTile(Table, table=True):
    """A full tile of 256 hashes (8,192 bytes) with its root, which is one hash of the level above."""

    __tablename__ = "hash_tile"
    level: int = _small(key=True)
    tile_index: int = _big(key=True)
    root: bytes = _bytes()
    hashes: bytes = _bytes()


class StoredPrivatePart(Table, table=True):
    """A private part: nonce (12 bytes) and ciphertext under the key of `key_token`.

    `tokens` are the search tokens it is filed under, 16 bytes each, so that erasure finds them."""

    __tablename__ = "private_part"
    __table_args__ = _CLUSTERED
    entry_index: int = _big(key=True)
    part: int = _small(key=True)
    key_token: bytes = _bytes()
    tokens: bytes = _bytes()
    ciphertext: bytes = _bytes()


class SearchToken(Table, table=True):
    """Where a person is named: token to entry and part."""

    __tablename__ = "search_token"
    __table_args__ = _CLUSTERED
    token: bytes = _bytes(key=True)
    entry_index: int = _big(key=True)
    part: int = _small(key=True)


class SubjectKey(Table, table=True):
    """A subject's random AES-256 key, wrapped by the key-encryption key of `kek_version`."""

    __tablename__ = "subject_key"
    __table_args__ = _CLUSTERED
    token: bytes = _bytes(key=True)
    kek_version: int = _small()
    wrapped: bytes = _bytes()


class SpentNonce(Table, table=True):
    """SHA-256 over key id and nonce of a signature, until it could no longer be replayed."""

    __tablename__ = "spent_nonce"
    __table_args__ = (Index("spent_nonce_expires", "expires"), _CLUSTERED)
    digest: bytes = _bytes(key=True)
    expires: int = _big()


class IdempotencyKey(Table, table=True):
    """SHA-256 over party and Idempotency-Key, with the body it came with and the entry it led to."""

    __tablename__ = "idempotency_key"
    __table_args__ = (Index("idempotency_key_expires", "expires"), _CLUSTERED)
    digest: bytes = _bytes(key=True)
    request_digest: bytes = _bytes()
    entry_index: int = _big()
    expires: int = _big()


class DueObligation(Table, table=True):
    """An obligation as work. `due` is Unix seconds or null; `done_at` is null while it is open."""

    __tablename__ = "obligation"
    __table_args__ = (Index("obligation_due", "done_at", "due"),)
    entry_index: int = _big(key=True)
    position: int = _small(key=True)
    code: str = _text()
    on_event: str = _text()
    due: int | None = _big(nullable=True)
    done_at: int | None = _big(nullable=True)


class CaseRecord(Table, table=True):
    """A case as it stands: kind and id, the entry that opened it and the one that changed it last. `body` is canonical
    JSON of codes; `token` the search token of the person it is filed under, or null. `due` is Unix seconds."""

    __tablename__ = "case_record"
    __table_args__ = (Index("case_record_due", "kind", "due"), Index("case_record_token", "token"))
    kind: str = _text(key=True)
    id: str = _text(key=True)
    revision: int = _big()
    state: str = _text()
    due: int | None = _big(nullable=True)
    token: bytes | None = Field(sa_column=Column(LargeBinary, nullable=True))
    opened_index: int = _big()
    entry_index: int = _big()
    body: bytes = _bytes()


class StoredCheckpoint(Table, table=True):
    """A signed note (C2SP tlog-checkpoint) as it was published."""

    __tablename__ = "checkpoint"
    size: int = _big(key=True)
    signed_at: int = _big()
    note: str = _text()


class PartnerKey(Table, table=True):
    """A partner's public key and who vouched for it; the history of a key is in the log.

    A row written before its entries carried seals has revision 0."""

    __tablename__ = "partner_key"
    keyid: str = _text(key=True)
    unit: str = _text()
    jwk: str = _text()
    alg: str = _text()
    status: str = _text()
    valid_from: int = _big()
    valid_until: int | None = _big(nullable=True)
    proposed_by: str = _text()
    approved_by: str | None = _text(nullable=True)
    revision: int = Field(sa_column=Column(_Big, nullable=False, server_default="0"))


class StateSnapshot(Table, table=True):
    """Authenticated and never believed alone: 1, what the log said last of every row that grants something
    (`log.proven`); 2, how far the tables were held against the entries (`log.reconcile.mark`)."""

    __tablename__ = "state_snapshot"
    id: int = _small(key=True)
    body: bytes = _bytes()


class KeptDocument(Table, table=True):
    """An agreement version or policy revision, by kind and SHA-256; written once."""

    __tablename__ = "kept_document"
    kind: str = _text(key=True)
    digest: bytes = _bytes(key=True)
    body: bytes = _bytes()


metadata = Table.metadata
