"""Appends to PostgreSQL: SELECT ... FOR UPDATE on the head row makes one process at a time the writer.

Two round trips a batch: one pipeline that begins, locks, spends nonces and looks up, and one that writes and commits.
Arrays are passed to `unnest`, so that each statement has one text and is prepared once. READ COMMITTED suffices: every
statement after the lock sees all that the previous holder committed.
Invariant: `seal` returns only when the server reported COMMIT under synchronous_commit=on; after any error the
connection is dropped, because what became of the transaction is not known.
"""

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import psycopg
from psycopg.pq import TransactionStatus

from gateway.adapters.db.engine import parse, require_durable
from gateway.adapters.log.rows import Batch, Filed, Found, Head, Probe
from gateway.adapters.log.vault import WrappedKey

_CONNECT_SECONDS: Final = 5
# A writer that dies with the lock, or a network that stalls, must not stop the others for ever.
_SESSION: Final = "-c lock_timeout=10s -c statement_timeout=30s -c idle_in_transaction_session_timeout=15s"

_HEAD: Final = "SELECT size, root, frontier, key_epoch FROM log_head WHERE id = 1 FOR UPDATE"
_NONCES: Final = (
    "INSERT INTO spent_nonce (digest, expires) SELECT * FROM unnest(%b::bytea[], %b::bigint[]) "
    "ON CONFLICT DO NOTHING RETURNING digest"
)
_REPEATED: Final = "SELECT digest, request_digest, entry_index FROM idempotency_key WHERE digest = ANY(%b::bytea[])"
_KEYS: Final = "SELECT token, kek_version, wrapped FROM subject_key WHERE token = ANY(%b::bytea[])"
_UNSPEND: Final = "DELETE FROM spent_nonce WHERE digest = ANY(%b::bytea[])"
_PRUNE: Final = (
    "DELETE FROM {table} WHERE digest IN (SELECT digest FROM {table} WHERE expires < %s ORDER BY expires LIMIT %s)"
)
_MOVE: Final = "UPDATE log_head SET size = %b, root = %b, frontier = %b, key_epoch = %b WHERE id = 1 AND size = %b"
_FILED: Final = (
    "SELECT p.entry_index, p.part, p.tokens FROM search_token s JOIN private_part p "
    "ON p.entry_index = s.entry_index AND p.part = s.part WHERE s.token = %b"
)
_RECENT: Final = (
    "SELECT e.body FROM search_token s JOIN entry e ON e.entry_index = s.entry_index WHERE s.token = %b "
    "ORDER BY s.entry_index DESC LIMIT 200"
)
_ERASE_PARTS: Final = (
    "DELETE FROM private_part USING unnest(%b::bigint[], %b::smallint[]) AS gone(entry_index, part) "
    "WHERE private_part.entry_index = gone.entry_index AND private_part.part = gone.part"
)
_ERASE_TOKENS: Final = (
    "DELETE FROM search_token s USING unnest(%b::bytea[], %b::bigint[], %b::smallint[]) "
    "AS gone(token, entry_index, part) "
    "WHERE s.token = gone.token AND s.entry_index = gone.entry_index AND s.part = gone.part"
)
_ERASE_KEYS: Final = "DELETE FROM subject_key WHERE token = ANY(%b::bytea[])"
_ERASE_CASES: Final = "DELETE FROM case_record WHERE token = ANY(%b::bytea[])"
_REVOKED: Final = "SELECT keyid FROM partner_key WHERE keyid = ANY(%b::text[]) AND status = 'revoked'"
_KEY_REVISIONS: Final = "SELECT keyid, revision FROM partner_key WHERE keyid = ANY(%b::text[])"
_ACTIVE: Final = "SELECT keyid, unit, valid_until FROM partner_key WHERE unit = ANY(%b::text[]) AND status = 'active'"
_FILED_CASES: Final = "SELECT kind, id, revision, state, body FROM case_record WHERE token = %b"
_REVISIONS: Final = (
    "SELECT c.kind, c.id, c.revision FROM case_record c JOIN unnest(%b::text[], %b::text[]) AS asked(kind, id) "
    "ON c.kind = asked.kind AND c.id = asked.id"
)
_OPEN_DUTIES: Final = (
    "SELECT o.entry_index, o.position FROM obligation o JOIN unnest(%b::bigint[], %b::smallint[]) "
    "AS asked(entry_index, position) ON o.entry_index = asked.entry_index AND o.position = asked.position "
    "WHERE o.done_at IS NULL"
)
_DONE: Final = (
    "UPDATE obligation SET done_at = now.done_at FROM unnest(%b::bigint[], %b::smallint[], %b::bigint[]) "
    "AS now(entry_index, position, done_at) "
    "WHERE obligation.entry_index = now.entry_index AND obligation.position = now.position"
)


def _insert(table: str, columns: str, *types: str) -> str:
    arrays = ", ".join(f"%b::{kind}[]" for kind in types)
    return f"INSERT INTO {table} ({columns}) SELECT * FROM unnest({arrays})"


_INSERTS: Final = (
    ("keys", _insert("subject_key", "token, kek_version, wrapped", "bytea", "smallint", "bytea")),
    ("entries", _insert("entry", "entry_index, leaf_hash, body", "bigint", "bytea", "bytea")),
    ("tiles", _insert("hash_tile", "level, tile_index, root, hashes", "smallint", "bigint", "bytea", "bytea")),
    (
        "parts",
        _insert(
            "private_part",
            "entry_index, part, key_token, tokens, ciphertext",
            *("bigint", "smallint", "bytea", "bytea", "bytea"),
        ),
    ),
    ("tokens", _insert("search_token", "token, entry_index, part", "bytea", "bigint", "smallint")),
    (
        "idempotency",
        _insert(
            "idempotency_key", "digest, request_digest, entry_index, expires", "bytea", "bytea", "bigint", "bigint"
        ),
    ),
    (
        "obligations",
        _insert(
            "obligation",
            "entry_index, position, code, on_event, due",
            *("bigint", "smallint", "text", "text", "bigint"),
        ),
    ),
)


_CASES: Final = (
    _insert(
        "case_record",
        "kind, id, revision, state, due, token, opened_index, entry_index, body",
        *("text", "text", "bigint", "text", "bigint", "bytea", "bigint", "bigint", "bytea"),
    )
    + " ON CONFLICT (kind, id) DO UPDATE SET revision = excluded.revision, state = excluded.state, due = excluded.due, "
    "token = excluded.token, entry_index = excluded.entry_index, body = excluded.body"
)


_PARTNER_KEYS: Final = (
    _insert(
        "partner_key",
        "keyid, unit, jwk, alg, status, valid_from, valid_until, proposed_by, approved_by, revision",
        *("text", "text", "text", "text", "text", "bigint", "bigint", "text", "text", "bigint"),
    )
    + " ON CONFLICT (keyid) DO UPDATE SET unit = excluded.unit, jwk = excluded.jwk, alg = excluded.alg, "
    "status = excluded.status, valid_from = excluded.valid_from, valid_until = excluded.valid_until, "
    "proposed_by = excluded.proposed_by, approved_by = excluded.approved_by, revision = excluded.revision"
)


class PostgresStore:
    """A `rows.BatchStore` on one PostgreSQL connection, opened when first needed."""

    def __init__(self, url: str) -> None:
        """`url` as SQLAlchemy spells it. Raises ConfigurationError when it is malformed."""
        self._dsn = parse(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: psycopg.Connection[Any] | None = None

    def open(self, probe: Probe) -> Found:
        connection = self._connected()
        nonce = [row[0] for row in probe.nonces], [row[1] for row in probe.nonces]
        with connection.pipeline():
            connection.execute("BEGIN")
            head = connection.execute(_HEAD)
            fresh = connection.execute(_NONCES, nonce, prepare=True)
            used = connection.execute(_REPEATED, (list(probe.idempotency),), prepare=True)
            keys = connection.execute(_KEYS, (list(probe.key_tokens),), prepare=True)
            revisions = connection.execute(_REVISIONS, _columns(probe.cases)) if probe.cases else None
            duties = connection.execute(_OPEN_DUTIES, _columns(probe.duties)) if probe.duties else None
            revoked = connection.execute(_REVOKED, (list(probe.signers),), prepare=True) if probe.signers else None
            changing = list(probe.partner_keys)
            key_revisions = connection.execute(_KEY_REVISIONS, (changing,)) if changing else None
            active = connection.execute(_ACTIVE, (list(probe.units),)) if probe.units else None
        row = head.fetchone()
        if row is None:
            raise psycopg.DataError("the log head is missing")
        return Found(
            Head(*row),
            frozenset(one[0] for one in fresh.fetchall()),
            {digest: (request, index) for digest, request, index in used.fetchall()},
            _wrapped(keys.fetchall()),
            {(kind, name): revision for kind, name, revision in revisions.fetchall()} if revisions else {},
            frozenset((index, position) for index, position in duties.fetchall()) if duties else frozenset(),
            dict(key_revisions.fetchall()) if key_revisions else {},
            frozenset(row[0] for row in revoked.fetchall()) if revoked else frozenset(),
            [(keyid, unit, until) for keyid, unit, until in active.fetchall()] if active else (),
        )

    def wrapped_keys(self, tokens: Sequence[bytes]) -> Mapping[bytes, WrappedKey]:
        return _wrapped(self._connected().execute(_KEYS, (list(tokens),)).fetchall())

    def filed(self, token: bytes) -> Filed:
        connection = self._connected()
        parts = connection.execute(_FILED, (token,)).fetchall()
        recent = [row[0] for row in connection.execute(_RECENT, (token,)).fetchall()]
        return Filed.of(parts, recent, connection.execute(_FILED_CASES, (token,)).fetchall())

    def leaf_hashes(self, first: int, until: int) -> list[bytes]:
        sql = "SELECT leaf_hash FROM entry WHERE entry_index >= %s AND entry_index < %s ORDER BY entry_index"
        return [row[0] for row in self._connected().execute(sql, (first, until), binary=True).fetchall()]

    def tile_roots(self, level: int, first: int, until: int) -> list[bytes]:
        sql = "SELECT root FROM hash_tile WHERE level = %s AND tile_index >= %s AND tile_index < %s ORDER BY tile_index"
        return [row[0] for row in self._connected().execute(sql, (level, first, until), binary=True).fetchall()]

    def seal(self, batch: Batch, old_size: int, head: Head) -> None:
        connection = self._connected()
        try:
            with connection.pipeline():
                if batch.unspend:
                    connection.execute(_UNSPEND, (batch.unspend,))
                for name, statement in _INSERTS:
                    rows = getattr(batch, name)
                    if rows:
                        connection.execute(
                            statement, [list(column) for column in zip(*rows, strict=True)], prepare=True
                        )
                if batch.cases:
                    connection.execute(_CASES, _columns(tuple(batch.cases.values())))
                if batch.partner_keys:
                    connection.execute(_PARTNER_KEYS, _columns(tuple(batch.partner_keys.values())))
                if batch.done:
                    connection.execute(_DONE, _columns(batch.done))
                if batch.erased_keys:
                    _erase(connection, batch)
                if batch.prune_before is not None:
                    for table in ("spent_nonce", "idempotency_key"):
                        connection.execute(_PRUNE.format(table=table), (batch.prune_before, batch.prune_at_most))
                moved = connection.execute(
                    _MOVE, (head.size, head.root, head.frontier, head.key_epoch, old_size), prepare=True
                )
                committed = connection.execute("COMMIT")
            if moved.rowcount != 1 or committed.statusmessage != "COMMIT":
                raise psycopg.OperationalError("the transaction was not committed")
        except BaseException:
            self._drop()
            raise

    def abandon(self) -> None:
        connection = self._connection
        if connection is None:
            return
        try:
            if connection.closed or connection.info.transaction_status == TransactionStatus.UNKNOWN:
                self._drop()
            elif connection.info.transaction_status != TransactionStatus.IDLE:
                connection.execute("ROLLBACK")
        except psycopg.Error:
            self._drop()

    def close(self) -> None:
        self._drop()

    def _connected(self) -> psycopg.Connection[Any]:
        """The connection, verified durable. Raises psycopg.Error, ConfigurationError."""
        if self._connection is None:
            connection = psycopg.connect(self._dsn, autocommit=True, connect_timeout=_CONNECT_SECONDS, options=_SESSION)
            try:
                settings = connection.execute("SELECT current_setting('synchronous_commit'), current_setting('fsync')")
                require_durable(*(settings.fetchone() or ("unknown", "unknown")))
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(psycopg.Error):
                connection.close()


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _erase(connection: psycopg.Connection[Any], batch: Batch) -> None:
    if batch.erased_parts:
        connection.execute(_ERASE_PARTS, _columns(batch.erased_parts))
    if batch.erased_tokens:
        connection.execute(_ERASE_TOKENS, _columns(batch.erased_tokens))
    connection.execute(_ERASE_KEYS, (batch.erased_keys,))
    connection.execute(_ERASE_CASES, (batch.erased_keys,))


def _wrapped(rows: Sequence[tuple[bytes, int, bytes]]) -> dict[bytes, WrappedKey]:
    return {token: WrappedKey(version, wrapped) for token, version, wrapped in rows}
