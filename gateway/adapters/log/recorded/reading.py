"""Reads a range of entries with their first private parts, and counts the cases in it.

Invariant: a private part counts only where it opens under its subject key with the commitment of its entry and its text
opens the commitment, as in `reconcile.entries`; what does not is told as altered, what is not there as erased. What
leaves this module is cases and counts. Entries are taken as the table has them: `gateway log verify` holds them against
the signed tree.
"""

from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from audit.vocabulary import format_time, parse_time
from gateway.adapters.log.part_text import bytes_of, opens_commitment, part_of
from gateway.adapters.log.recorded.cases import Bytes, CaseWriter
from gateway.adapters.log.vault import PrivatePartError, StoredPart, Vault, WrappedKey, open_part
from gateway.domain.errors import LogUnavailableError
from gateway.service.disclosure.recompute import DECISIONS
from gateway.service.simulation.recorded import ALTERED, ERASED, FROM_BEFORE, LISTED, Period, Scope

_HEAD: Final = text("SELECT size FROM log_head WHERE id = 1")
_BODY: Final = text("SELECT body FROM entry WHERE entry_index = :index")
_ENTRIES: Final = text(
    "SELECT e.entry_index, e.body, p.tokens, p.key_token, p.ciphertext, k.kek_version, k.wrapped FROM entry e "
    "LEFT JOIN private_part p ON p.entry_index = e.entry_index AND p.part = 0 "
    "LEFT JOIN subject_key k ON k.token = p.key_token "
    "WHERE e.entry_index >= :first AND e.entry_index < :until ORDER BY e.entry_index"
)
_CHUNK: Final = 1_000
_KEYS_KEPT: Final = 4_096
_OUT_OF_ORDER: Final = timedelta(days=1)
"""Entries stand in the order of their commits, and their times in that order but for seconds; the clocks of two
gateways may differ by more, never by this."""


@dataclass(slots=True)
class RangeCounted:
    """What a range of `size` entries showed: by case how many requests, and the first of them."""

    size: int
    cases: dict[Bytes, tuple[int, list[int]]] = field(default_factory=dict)
    not_decided: Counter[str] = field(default_factory=Counter)

    def add(self, written: Bytes, index: int) -> None:
        count, entries = self.cases.get(written, (0, []))
        if len(entries) < LISTED:
            entries.append(index)
        self.cases[written] = (count + 1, entries)


class RecordedReader:
    """For one thread at a time; remembers the subject keys used last."""

    def __init__(self, engine: Engine, vault: Vault, scope: Scope) -> None:
        self._engine = engine
        self._vault = vault
        self._agreements = scope.agreements
        self._writer = CaseWriter(scope.zones, scope.units)
        self._begins, self._ends = (_text(moment) for moment in (scope.period.begins(), scope.period.ends()))
        self._keys: OrderedDict[bytes, AESGCM] = OrderedDict()

    def count(self, first: int, until: int) -> RangeCounted:
        """Entries [first, until). Raises LogUnavailableError."""
        counted = RangeCounted(until - first)
        try:
            with self._engine.connect() as connection:
                for start in range(first, until, _CHUNK):
                    self._chunk(connection, start, min(start + _CHUNK, until), counted)
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"the disclosure log cannot be read ({type(error).__name__})") from None
        return counted

    def _chunk(self, connection: Connection, first: int, until: int, counted: RangeCounted) -> None:
        for index, body, *stored in connection.execute(_ENTRIES, {"first": first, "until": until}):
            try:
                entry = orjson.loads(body)
                if not self._concerns(entry):
                    continue
                part = self._part(entry, *stored)
                if isinstance(part, str):
                    counted.not_decided[part] += 1
                else:
                    counted.add(self._writer.write(entry, part), index)
            except (KeyError, TypeError, ValueError, AttributeError):
                counted.not_decided[ALTERED] += 1

    def _concerns(self, entry: Mapping[str, Any]) -> bool:
        """A decision that the policy was asked for, in the period, under one of the agreements."""
        if entry["kind"] not in DECISIONS or entry["purpose"] is None or entry["policy_revision"] is None:
            return False
        time: str = entry["time"]
        if (self._begins and time < self._begins) or (self._ends and time >= self._ends):
            return False
        agreement = entry["agreement"]
        return self._agreements is None or (agreement is not None and agreement["id"] in self._agreements)

    def _part(
        self,
        entry: Mapping[str, Any],
        tokens: bytes | None,
        key_token: bytes | None,
        ciphertext: bytes | None,
        version: int | None,
        wrapped: bytes | None,
    ) -> Mapping[str, Any] | str:
        """The private part, or why there is none."""
        if ciphertext is None or tokens is None or key_token is None:
            return ERASED
        if wrapped is None or version is None:
            return ALTERED
        commitment = bytes_of(entry["private"][0].encode())
        stored = StoredPart(0, commitment, bytes(tokens), bytes(ciphertext))
        try:
            plaintext = open_part(self._key(bytes(key_token), WrappedKey(version, bytes(wrapped))), stored).plaintext
        except PrivatePartError:
            return ALTERED
        if not opens_commitment(plaintext, commitment):
            return ALTERED
        part: Mapping[str, Any] = orjson.loads(part_of(plaintext))
        return part if "judged" in part else FROM_BEFORE

    def _key(self, token: bytes, stored: WrappedKey) -> AESGCM:
        name = token + stored.wrapped
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = self._vault.unwrap(token, stored)
            if len(self._keys) > _KEYS_KEPT:
                self._keys.popitem(last=False)
        return key


def entries_of(engine: Engine, period: Period) -> tuple[int, int]:
    """The range of entries that may be of a period, found by a few reads. Raises LogUnavailableError."""
    begins, ends = period.begins(), period.ends()
    try:
        with engine.connect() as connection:
            size = int(connection.execute(_HEAD).scalar_one())
            first = _first_from(connection, size, begins - _OUT_OF_ORDER) if begins else 0
            until = _first_from(connection, size, ends + _OUT_OF_ORDER) if ends else size
    except SQLAlchemyError as error:
        raise LogUnavailableError(f"the disclosure log cannot be read ({type(error).__name__})") from None
    return first, max(first, until)


def _first_from(connection: Connection, size: int, moment: datetime) -> int:
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        body = connection.execute(_BODY, {"index": middle}).scalar_one()
        if parse_time(orjson.loads(body)["time"]) < moment:
            low = middle + 1
        else:
            high = middle
    return low


def _text(moment: datetime | None) -> str | None:
    """As entries write it; such texts are in the order of their times."""
    return None if moment is None else format_time(moment)
