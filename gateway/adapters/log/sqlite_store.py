"""Appends to SQLite: BEGIN IMMEDIATE takes the one write lock, and each table is written by one statement.

One statement per table, because Python's sqlite3 gives up the interpreter lock at every step of a statement that is
executed row by row. The texts depend only on the table and the number of rows, so they are made once.
Invariant: `seal` returns only after COMMIT with synchronous=FULL; after an error in COMMIT the connection is dropped,
because what became of the transaction is not known.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

from gateway.adapters.db.engine import SoleWriter, configure_sqlite
from gateway.adapters.log.rows import Batch, Filed, Found, Head, Probe
from gateway.adapters.log.vault import WrappedKey
from gateway.adapters.log.wal import WalCheckpointer

_MAX_VARIABLES: Final = 32_000
_CACHED_STATEMENTS: Final = 512
_CACHE_KIBIBYTES: Final = 65_536
_PRUNE: Final = (
    "DELETE FROM {table} WHERE digest IN (SELECT digest FROM {table} WHERE expires < ? ORDER BY expires LIMIT ?)"
)

_FILED: Final = (
    "SELECT p.entry_index, p.part, p.tokens FROM search_token s JOIN private_part p "
    "ON p.entry_index = s.entry_index AND p.part = s.part WHERE s.token = ?"
)
_CASE_COLUMNS: Final = "kind,id,revision,state,due,token,opened_index,entry_index,body"
_CASE_AGAIN: Final = (
    " ON CONFLICT(kind, id) DO UPDATE SET revision = excluded.revision, state = excluded.state, due = excluded.due, "
    "token = excluded.token, entry_index = excluded.entry_index, body = excluded.body"
)
_KEY_COLUMNS: Final = "keyid,unit,jwk,alg,status,valid_from,valid_until,proposed_by,approved_by,revision"
_KEY_AGAIN: Final = (
    " ON CONFLICT(keyid) DO UPDATE SET unit = excluded.unit, jwk = excluded.jwk, alg = excluded.alg, "
    "status = excluded.status, valid_from = excluded.valid_from, valid_until = excluded.valid_until, "
    "proposed_by = excluded.proposed_by, approved_by = excluded.approved_by, revision = excluded.revision"
)
_RECENT: Final = (
    "SELECT e.body FROM search_token s JOIN entry e ON e.entry_index = s.entry_index WHERE s.token = ? "
    "ORDER BY s.entry_index DESC LIMIT 200"
)

Connect = Callable[[], sqlite3.Connection]


def connector(database: Path) -> Connect:
    """Return a function that opens connections for writing, verified durable."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            database, isolation_level=None, check_same_thread=False, cached_statements=_CACHED_STATEMENTS
        )
        configure_sqlite(connection)
        # Digests and tokens land on random pages: keep the working set; pages are written back by `wal`.
        connection.execute(f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        return connection

    return connect


@lru_cache(maxsize=4096)
def _insert(table: str, columns: str, width: int, rows: int, tail: str = "") -> str:
    row = "(" + ",".join("?" * width) + ")"
    return f"INSERT INTO {table}({columns}) VALUES {','.join([row] * rows)}{tail}"


@lru_cache(maxsize=1024)
def _select_in(columns: str, table: str, key: str, count: int) -> str:
    return f"SELECT {columns} FROM {table} WHERE {key} IN ({','.join('?' * count)})"


class SqliteStore:
    """A `rows.BatchStore` on one SQLite file; holds the sole-writer lock until `close`."""

    def __init__(self, database: Path, connect: Connect | None = None) -> None:
        """Raises ConfigurationError when another process writes, or commits are not durable here."""
        self._sole = SoleWriter(database)
        self._connect = connect or connector(database)
        self._connection: sqlite3.Connection | None = None
        self._wal = WalCheckpointer(self._connect)

    def open(self, probe: Probe) -> Found:
        connection = self._connected()
        connection.execute("BEGIN IMMEDIATE")
        size, root, frontier, epoch = connection.execute(
            "SELECT size, root, frontier, key_epoch FROM log_head WHERE id = 1"
        ).fetchone()
        fresh = [
            row[0]
            for row in self._write(
                "spent_nonce", "digest,expires", probe.nonces, " ON CONFLICT DO NOTHING RETURNING digest"
            )
        ]
        columns = "digest,request_digest,entry_index"
        used = self._look_up(columns, "idempotency_key", "digest", probe.idempotency)
        repeated = {digest: (request, index) for digest, request, index in used}
        keys = self.wrapped_keys(probe.key_tokens)
        head = Head(size, root, frontier, epoch)
        revoked = frozenset(
            keyid
            for keyid, status in self._look_up("keyid,status", "partner_key", "keyid", probe.signers)
            if status == "revoked"
        )
        if not probe.cases and not probe.duties and not probe.partner_keys:
            return Found(head, frozenset(fresh), repeated, keys, revoked=revoked)
        revisions: dict[tuple[str, str], int] = {}
        for case in probe.cases:
            row = connection.execute("SELECT revision FROM case_record WHERE kind = ? AND id = ?", case).fetchone()
            if row is not None:
                revisions[case] = row[0]
        duty = "SELECT 1 FROM obligation WHERE entry_index = ? AND position = ? AND done_at IS NULL"
        open_duties = frozenset(one for one in probe.duties if connection.execute(duty, one).fetchone())
        key_revisions = dict(self._look_up("keyid,revision", "partner_key", "keyid", probe.partner_keys))
        active = [
            (keyid, unit, until)
            for keyid, unit, until, status in self._look_up(
                "keyid,unit,valid_until,status", "partner_key", "unit", probe.units
            )
            if status == "active"
        ]
        return Found(head, frozenset(fresh), repeated, keys, revisions, open_duties, key_revisions, revoked, active)

    def wrapped_keys(self, tokens: Sequence[bytes]) -> Mapping[bytes, WrappedKey]:
        found = self._look_up("token,kek_version,wrapped", "subject_key", "token", tokens)
        return {token: WrappedKey(version, wrapped) for token, version, wrapped in found}

    def filed(self, token: bytes) -> Filed:
        connection = self._connected()
        parts = connection.execute(_FILED, (token,)).fetchall()
        recent = [row[0] for row in connection.execute(_RECENT, (token,)).fetchall()]
        cases = connection.execute(
            "SELECT kind, id, revision, state, body FROM case_record WHERE token = ?", (token,)
        ).fetchall()
        return Filed.of(parts, recent, cases)

    def leaf_hashes(self, first: int, until: int) -> list[bytes]:
        found = self._connected().execute(
            "SELECT leaf_hash FROM entry WHERE entry_index >= ? AND entry_index < ? ORDER BY entry_index",
            (first, until),
        )
        return [row[0] for row in found.fetchall()]

    def tile_roots(self, level: int, first: int, until: int) -> list[bytes]:
        found = self._connected().execute(
            "SELECT root FROM hash_tile WHERE level = ? AND tile_index >= ? AND tile_index < ? ORDER BY tile_index",
            (level, first, until),
        )
        return [row[0] for row in found.fetchall()]

    def seal(self, batch: Batch, old_size: int, head: Head) -> None:
        connection = self._connected()
        if batch.unspend:
            self._delete("spent_nonce", batch.unspend)
        self._write("subject_key", "token,kek_version,wrapped", batch.keys)
        self._write("entry", "entry_index,leaf_hash,body", batch.entries)
        self._write("hash_tile", "level,tile_index,root,hashes", batch.tiles)
        self._write("private_part", "entry_index,part,key_token,tokens,ciphertext", batch.parts)
        self._write("search_token", "token,entry_index,part", batch.tokens)
        self._write("idempotency_key", "digest,request_digest,entry_index,expires", batch.idempotency)
        self._write("obligation", "entry_index,position,code,on_event,due", batch.obligations)
        self._write("case_record", _CASE_COLUMNS, tuple(batch.cases.values()), _CASE_AGAIN)
        self._write("partner_key", _KEY_COLUMNS, tuple(batch.partner_keys.values()), _KEY_AGAIN)
        for entry_index, position, done_at in batch.done:
            done = "UPDATE obligation SET done_at = ? WHERE entry_index = ? AND position = ?"
            connection.execute(done, (done_at, entry_index, position))
        if batch.erased_keys:
            self._erase(batch)
        if batch.prune_before is not None:
            for table in ("spent_nonce", "idempotency_key"):
                connection.execute(_PRUNE.format(table=table), (batch.prune_before, batch.prune_at_most))
        moved = connection.execute(
            "UPDATE log_head SET size = ?, root = ?, frontier = ?, key_epoch = ? WHERE id = 1 AND size = ?",
            (head.size, head.root, head.frontier, head.key_epoch, old_size),
        )
        if moved.rowcount != 1:
            raise sqlite3.IntegrityError("the log head moved under the lock")
        try:
            connection.execute("COMMIT")
        except BaseException:
            self._drop()
            raise
        self._wal.after_commit(connection, len(batch.entries))
        if batch.erased_keys:
            self._wal.close()
            self._forget_erased()

    def abandon(self) -> None:
        if self._connection is None:
            return
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._drop()

    def _erase(self, batch: Batch) -> None:
        """Overwrite what is deleted, so that neither ciphertext nor wrapped key stays in free pages."""
        connection = self._connected()
        connection.execute("PRAGMA secure_delete=ON")
        for index, part in batch.erased_parts:
            connection.execute("DELETE FROM private_part WHERE entry_index = ? AND part = ?", (index, part))
        for row in batch.erased_tokens:
            connection.execute("DELETE FROM search_token WHERE token = ? AND entry_index = ? AND part = ?", row)
        for key_token in batch.erased_keys:
            connection.execute("DELETE FROM subject_key WHERE token = ?", (key_token,))
            connection.execute("DELETE FROM case_record WHERE token = ?", (key_token,))

    def _forget_erased(self) -> None:
        """Empty the write-ahead log, which still holds the old pages; where a reader is in the way, the next does."""
        connection = self._connected()
        with contextlib.suppress(sqlite3.Error):
            connection.execute("PRAGMA secure_delete=OFF")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._wal.close()
        self._drop()
        self._sole.release()

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()

    def _write(
        self, table: str, columns: str, rows: Sequence[tuple[Any, ...]], tail: str = ""
    ) -> Iterable[tuple[Any, ...]]:
        if not rows:
            return ()
        width = len(rows[0])
        connection = self._connected()
        returned: list[tuple[Any, ...]] = []
        step = _MAX_VARIABLES // width
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            statement = _insert(table, columns, width, len(part), tail)
            returned += connection.execute(statement, tuple(chain.from_iterable(part))).fetchall()
        return returned

    def _look_up(
        self, columns: str, table: str, key: str, wanted: Sequence[bytes] | Sequence[str]
    ) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(wanted), _MAX_VARIABLES):
            part = tuple(wanted[start : start + _MAX_VARIABLES])
            found += self._connected().execute(_select_in(columns, table, key, len(part)), part).fetchall()
        return found

    def _delete(self, table: str, digests: Sequence[bytes]) -> None:
        marks = ",".join("?" * len(digests))
        self._connected().execute(f"DELETE FROM {table} WHERE digest IN ({marks})", tuple(digests))
