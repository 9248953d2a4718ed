"""Requests with tokens of their case and officer, from entries and their private parts (the `SeenRequests` port).

A running gateway keeps what it read in memory, a bounded number of entries, and reads on from there; nothing of it is
stored. Invariants: a case reference and an officer leave this module as keyed tokens of 32 hex digits; after an erasure
everything is forgotten and read anew, so that nothing erased is remembered. A part that does not open is passed over
(`gateway log reconcile` tells of it). Does not: know what is out of the ordinary.
"""

import asyncio
import hmac
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from audit.encoding import from_base64url
from audit.vocabulary import parse_time
from gateway.adapters.log.keycache import KeyCache
from gateway.adapters.log.vault import PrivatePartError, StoredPart, Vault, WrappedKey, open_part
from gateway.domain.errors import LogUnavailableError
from gateway.domain.private_record import PrivateRecord
from gateway.service.flags.seen import REQUESTS, Requests, SeenRequest

MOST_KEPT: Final = 200_000
AT_ONCE: Final = 500
MOST_AT_A_CALL: Final = 20_000
_BREATH: Final = 0.001
_HEAD: Final = text("SELECT size, key_epoch FROM log_head WHERE id = 1")
_ENTRIES: Final = text(
    "SELECT e.entry_index, e.body, p.ciphertext, p.tokens, p.key_token, k.kek_version, k.wrapped FROM entry e "
    "LEFT JOIN private_part p ON p.entry_index = e.entry_index AND p.part = 0 "
    "LEFT JOIN subject_key k ON k.token = p.key_token "
    "WHERE e.entry_index >= :first AND e.entry_index < :until ORDER BY e.entry_index"
)


class RequestTokens:
    """Over an engine of the log's database. `key` makes the tokens; `most` entries are kept."""

    def __init__(self, engine: Engine, vault: Vault, key: bytes, *, most: int = MOST_KEPT) -> None:
        self._engine = engine
        self._vault = vault
        self._key = key
        self._most = most
        self._keys = KeyCache(vault)
        self._kept: deque[SeenRequest] = deque()
        self._first = self._next = 0
        self._epoch: int | None = None
        self._turn = threading.Lock()

    async def since(self, first_index: int) -> Requests:
        """The last `most` entries at most. Raises LogUnavailableError."""
        return await asyncio.to_thread(self._since, first_index)

    def _since(self, first_index: int) -> Requests:
        with self._turn:
            try:
                self._read_on(first_index)
            except SQLAlchemyError as error:
                raise LogUnavailableError(f"the disclosure log cannot be read ({type(error).__name__})") from None
            return Requests(tuple(one for one in self._kept if one.entry_index >= first_index), self._next)

    def _read_on(self, first_index: int) -> None:
        with self._engine.connect() as connection:
            size, epoch = connection.execute(_HEAD).one()
        begins = max(first_index, int(size) - self._most)
        if epoch != self._epoch or begins < self._first or begins > self._next or self._next > size:
            self._kept.clear()
            self._keys.clear()
            self._epoch, self._first, self._next = int(epoch), begins, begins
        while self._kept and self._kept[0].entry_index < begins:
            self._kept.popleft()
        self._first = begins
        until = min(int(size), self._next + MOST_AT_A_CALL)
        while self._next < until:
            step = min(self._next + AT_ONCE, until)
            with self._engine.connect() as connection:
                rows = connection.execute(_ENTRIES, {"first": self._next, "until": step}).all()
            self._kept.extend(one for row in rows if (one := self._seen(row)) is not None)
            self._next = step
            time.sleep(_BREATH)

    def _seen(self, row: Any) -> SeenRequest | None:
        entry = orjson.loads(bytes(row.body))
        if entry["kind"] not in REQUESTS:
            return None
        part = self._opened(row, entry["private"])
        return SeenRequest(
            int(row.entry_index),
            parse_time(entry["time"]),
            entry["requester"],
            entry["recipient"],
            entry["custodian"],
            self._token(b"case", part.get("case_reference")),
            self._token(b"officer", part.get("acting_officer")),
            any(one["attributes"].get("case_open") is False for one in part.get("judged") or ()),
        )

    def _opened(self, row: Any, commitments: Sequence[str]) -> Mapping[str, Any]:
        if row.ciphertext is None or row.wrapped is None or not commitments:
            return {}
        token = bytes(row.key_token)
        try:
            key = self._keys.get(token) or self._vault.unwrap(token, WrappedKey(row.kek_version, bytes(row.wrapped)))
            stored = StoredPart(0, from_base64url(commitments[0]), bytes(row.tokens), bytes(row.ciphertext))
            record = PrivateRecord.opened(open_part(key, stored).plaintext)
        except (PrivatePartError, ValueError):
            return {}
        self._keys.remember({token: key})
        return record.body

    def _token(self, of: bytes, value: object) -> str | None:
        if not isinstance(value, str) or not value:
            return None
        message = of + b"\x00" + value.encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, message, "sha256").hex()[:32]
