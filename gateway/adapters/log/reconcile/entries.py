"""Holds the rows of a range of entries against the entries: private parts, their keys and filing, duties.

    found = RangeReader(engine, vault).check(first, until)

Invariant: a private part counts as whole only where it opens under its subject key with the commitment of its entry
and the search tokens it is filed under, and its text opens the commitment (`audit.commitment`).
Does not: judge what spans ranges (erasures, search tokens, the tree), which `reconcile.run` puts together.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from audit.errors import AuditError
from audit.merkle import leaf_hash
from gateway.adapters.log.erasing import erased_places
from gateway.adapters.log.part_text import bytes_of, opens_commitment
from gateway.adapters.log.reconcile.sums import Sums
from gateway.adapters.log.vault import PrivatePartError, StoredPart, Vault, WrappedKey, open_part
from gateway.domain.due import OTTAWA
from gateway.domain.errors import LogUnavailableError
from gateway.service.log.completeness import DUTY_FROM_BEFORE, FILING_FROM_BEFORE, TOLD_AT_MOST

_ENTRIES: Final = text(
    "SELECT entry_index, leaf_hash, body FROM entry WHERE entry_index >= :first AND entry_index < :until "
    "ORDER BY entry_index"
)
_PARTS: Final = text(
    "SELECT p.entry_index, p.part, p.tokens, p.key_token, p.ciphertext, k.kek_version, k.wrapped FROM private_part p "
    "LEFT JOIN subject_key k ON k.token = p.key_token WHERE p.entry_index >= :first AND p.entry_index < :until "
    "ORDER BY p.entry_index, p.part"
)
_DUTIES: Final = text(
    "SELECT entry_index, position, code, on_event, due FROM obligation "
    "WHERE entry_index >= :first AND entry_index < :until ORDER BY entry_index, position"
)
CHUNK: Final = 1_000
_KEYS_KEPT: Final = 4_096
_WAITS: Final = b'"duties_on":['
"""In canonical JSON a quotation mark within a string is escaped, so that this is the member and nothing else."""

Place = tuple[int, int]
"""Entry index and part number."""


@dataclass(slots=True)
class RangeFound:
    """What a range of entries showed. `leaves` are the leaf hashes of the bodies as they are, 32 bytes each; `missing`
    the places of private parts that are not there; `erasures` by entry index what an erasure says went, None for one
    that does not say; `faults` count and first entries by kind."""

    first: int
    until: int
    leaves: bytes = b""
    sums: tuple[int, int, int, int] = (0, 0, 0, 0)
    duties: int = 0
    missing: list[Place] = field(default_factory=list)
    erasures: dict[int, Sequence[Place] | None] = field(default_factory=dict)
    agreements: set[str] = field(default_factory=set)
    policies: set[str] = field(default_factory=set)
    faults: dict[str, tuple[int, tuple[int, ...]]] = field(default_factory=dict)

    def fault(self, kind: str, entry_index: int) -> None:
        count, told = self.faults.get(kind, (0, ()))
        self.faults[kind] = (count + 1, (*told, entry_index) if len(told) < TOLD_AT_MOST else told)


class RangeReader:
    """For one thread at a time; remembers the subject keys used last."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault
        self._keys: OrderedDict[bytes, AESGCM] = OrderedDict()

    def check(self, first: int, until: int) -> RangeFound:
        """Entries [first, until). Raises LogUnavailableError."""
        found, sums = RangeFound(first, until), Sums(self._vault.state_key)
        leaves: list[bytes] = []
        try:
            with self._engine.connect() as connection:
                for start in range(first, until, CHUNK):
                    self._chunk(connection, start, min(start + CHUNK, until), found, sums, leaves)
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"the disclosure log cannot be read ({type(error).__name__})") from None
        found.leaves, found.sums = b"".join(leaves), sums.values()
        return found

    def _chunk(
        self, connection: Connection, first: int, until: int, found: RangeFound, sums: Sums, leaves: list[bytes]
    ) -> None:
        within = {"first": first, "until": until}
        entries = connection.execute(_ENTRIES, within).all()
        parts = _by_entry(connection.execute(_PARTS, within).all())
        duties = _by_entry(connection.execute(_DUTIES, within).all())
        there = {int(row[0]) for row in entries}
        for index in range(first, until):
            if index not in there:
                found.fault("entry-missing", index)
        for index, leaf, body in entries:
            hashed = leaf_hash(bytes(body))
            leaves.append(hashed)
            if hashed != bytes(leaf):
                found.fault("entry-altered", index)
            try:
                members = orjson.loads(body)
                self._entry(index, members, parts.pop(index, ()), duties.pop(index, ()), found, sums)
            except (ValueError, TypeError, KeyError, AttributeError, AuditError):
                found.fault("entry-unreadable", index)
        for index in parts:
            found.fault("part-surplus", index)
        for index in duties:
            found.fault("duties-differ", index)

    def _entry(
        self,
        index: int,
        members: Mapping[str, Any],
        parts: Sequence[Any],
        duties: Sequence[Any],
        found: RangeFound,
        sums: Sums,
    ) -> None:
        if members["agreement"] is not None:
            found.agreements.add(members["agreement"]["digest"])
        if members["policy_revision"] is not None:
            found.policies.add(members["policy_revision"])
        texts = self._parts(index, members["private"], parts, found, sums)
        if members["kind"] == "erasure" and 0 in texts:
            found.erasures[index] = erased_places(texts[0])
        if duties or members["obligations"]:
            found.duties += len(duties)
            _check_duties(index, members["obligations"], duties, texts.get(0), found)

    def _parts(
        self, index: int, commitments: Sequence[str], rows: Sequence[Any], found: RangeFound, sums: Sums
    ) -> dict[int, bytes]:
        """The texts of the parts that open, by number."""
        texts: dict[int, bytes] = {}
        there = set()
        for _index, number, tokens, key_token, ciphertext, version, wrapped in rows:
            there.add(number)
            if not 0 <= number < len(commitments):
                found.fault("part-surplus", index)
                continue
            sums.add_filed(index, number, bytes(tokens))
            if wrapped is None:
                found.fault("key-missing", index)
                continue
            try:
                key = self._key(bytes(key_token), WrappedKey(version, bytes(wrapped)))
            except PrivatePartError:
                found.fault("key-unreadable", index)
                continue
            commitment = bytes_of(commitments[number].encode())  # an entry's digest has 43 characters
            try:
                opened = open_part(key, StoredPart(number, commitment, bytes(tokens), bytes(ciphertext)))
            except PrivatePartError:
                found.fault("part-unreadable", index)
                continue
            if not opened.filing_proven:
                found.fault(FILING_FROM_BEFORE, index)
            if opens_commitment(opened.plaintext, commitment):
                texts[number] = opened.plaintext
            else:
                found.fault("part-differs", index)
        found.missing += [(index, number) for number in range(len(commitments)) if number not in there]
        return texts

    def _key(self, token: bytes, stored: WrappedKey) -> AESGCM:
        name = token + stored.wrapped
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = self._vault.unwrap(token, stored)
            if len(self._keys) > _KEYS_KEPT:
                self._keys.popitem(last=False)
        return key


def _by_entry(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _check_duties(
    index: int, stated: Sequence[Mapping[str, Any]], rows: Sequence[Any], plaintext: bytes | None, found: RangeFound
) -> None:
    """The entry says each code and day once; its private part, what every one of them waits for."""
    in_place = [row[1] for row in rows] == list(range(len(rows)))
    said = list(dict.fromkeys((row[2], None if row[4] is None else _day(row[4])) for row in rows))
    if not in_place or said != [(duty["code"], duty["due"]) for duty in stated]:
        found.fault("duties-differ", index)
        return
    if plaintext is None:
        return  # erased, or at fault itself
    _before, mark, after = plaintext.partition(_WAITS)
    if not mark:
        found.fault(DUTY_FROM_BEFORE, index)
    elif after[: after.find(b"]")] != b",".join(b'"%b"' % str(row[3]).encode() for row in rows):
        found.fault("duties-differ", index)


@lru_cache(maxsize=4096)
def _day(due: int) -> str:
    return datetime.fromtimestamp(due, OTTAWA).date().isoformat()
