"""Turns queued submissions into one transaction's rows and their outcomes.

Order of precedence, per submission in queue order: a nonce spent before, or a key revoked since, is a replay; an
Idempotency-Key used before (in the database or earlier in this batch) is a repeat, which leaves no trace, its nonce
included; so does one that changes or rests on a case which has changed, fulfils an obligation that is done, or would
give a unit a key too many; everything else gets the next `entry_index`.
Invariant: what is returned as outcomes is true only once `seal` has returned, so the caller keeps it to itself until
then (invariant 1).
Does not: begin or end transactions.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from audit.errors import TreeError
from audit.merkle import Frontier, subtree_root
from audit.quick import quick
from audit.tiles import TILE_HEIGHT, TILE_WIDTH
from gateway.adapters.log.keycache import KeyCache
from gateway.adapters.log.prepared import Prepared
from gateway.adapters.log.rows import Batch, Filed, Found, Head, KeyRow, Probe, TreeRows
from gateway.adapters.log.vault import NONCE_SIZE, split_tokens
from gateway.domain.errors import LogUnavailableError
from gateway.domain.submission import Precondition, StateChange
from gateway.service.partner.partner_keys import ACTIVE, MOST_ACTIVE
from gateway.service.partner.partner_keys import KIND as PARTNER_KEY

IDEMPOTENCY_SECONDS: Final = 86_400


class HeadError(LogUnavailableError):
    """The head row does not fit the tree: the database was altered or restored in part. Nothing is appended."""

    code = "log-head-inconsistent"


@quick
@dataclass(frozen=True, slots=True)
class Appended:
    """Will be a receipt once the transaction is durable."""

    entry_index: int
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Replay:
    """The nonce was spent before, or the key was revoked after the signature was verified (invariant 14)."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """The Idempotency-Key was used before."""

    entry_index: int
    same_request: bool


@dataclass(frozen=True, slots=True)
class Spent:
    """A nonce was spent without an entry."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A case it changes or rests on has another revision than it expects, or an obligation it fulfils is done."""


Resolution = Appended | Spent | Replay | Repeat | Overtaken


def probe_of(submissions: Sequence[Prepared], cache: KeyCache) -> Probe:
    """What has to be asked of the database; keys that the cache holds are not (it may turn out stale)."""
    nonces: dict[bytes, int] = {}
    for item in submissions:
        if item.nonce is not None:
            nonces.setdefault(item.nonce, item.nonce_expires)
    return Probe(
        tuple(nonces.items()),
        tuple({item.idempotency for item in submissions if item.idempotency is not None}),
        tuple({part.key_token for item in submissions for part in item.parts if part.key_token not in cache}),
        tuple({(case.kind, case.id) for item in submissions for case in _cases(item) if case.kind != PARTNER_KEY}),
        tuple({(duty.entry_index, duty.position) for item in submissions for duty in item.done}),
        tuple({item.keyid for item in submissions if item.keyid is not None}),
        tuple({case.id for item in submissions for case in _cases(item) if case.kind == PARTNER_KEY}),
        tuple({row[1] for item in submissions for row in _becoming_active(item)}),
    )


def resolve(submissions: Sequence[Prepared], found: Found, batch: Batch, now: int) -> list[Resolution]:
    """Decide what becomes of each submission; fills the idempotency rows and `unspend` of the batch."""
    unspent: set[bytes | None] = set(found.fresh_nonces)
    used = dict(found.idempotency)
    revisions = dict(found.revisions)
    revisions.update(((PARTNER_KEY, keyid), revision) for keyid, revision in found.key_revisions.items())
    active = {(keyid, unit) for keyid, unit, until in found.active if until is None or until > now}
    open_duties = set(found.open_duties)
    next_index = found.head.size
    resolutions: list[Resolution] = []
    for item in submissions:
        if item.nonce is not None and (item.nonce not in unspent or item.keyid in found.revoked):
            resolutions.append(Replay())
            continue
        if not item.body:
            resolutions.append(Spent())
            unspent.discard(item.nonce)
            continue
        if item.idempotency is not None:
            earlier = used.get(item.idempotency)
            if earlier is not None:
                resolutions.append(Repeat(earlier[1], earlier[0] == item.request_digest))
                continue
        if (item.changes or item.done or item.preconditions) and not (
            _room(item, active) and _current(item, revisions, open_duties)
        ):
            resolutions.append(Overtaken())
            continue
        if item.idempotency is not None:
            used[item.idempotency] = (item.request_digest, next_index)
            batch.idempotency.append((item.idempotency, item.request_digest, next_index, now + IDEMPOTENCY_SECONDS))
        for change, token in item.changes:
            due = int(change.due.timestamp()) if change.due else None
            revision = change.expected + 1
            if change.kind == PARTNER_KEY:
                batch.partner_keys[change.id] = _key_row(change)
                active.update((row[0], row[1]) for row in _becoming_active(item))
                continue
            before = batch.cases.get((change.kind, change.id))
            batch.cases[change.kind, change.id] = (
                *(change.kind, change.id, revision, change.state, due, token),
                *(before[6] if before else next_index, next_index, change.body),
            )
        batch.done.extend((duty.entry_index, duty.position, now) for duty in item.done)
        resolutions.append(Appended(next_index, item))
        unspent.discard(item.nonce)
        next_index += 1
    batch.unspend.extend(nonce for nonce in unspent if nonce is not None)
    return resolutions


def _cases(item: Prepared) -> list[StateChange | Precondition]:
    return [*(change for change, _token in item.changes), *item.preconditions]


def _key_row(change: StateChange) -> KeyRow:
    body = json.loads(change.body)
    return (
        *(change.id, body["unit"], json.dumps(body["jwk"], sort_keys=True), body["alg"], change.state),
        *(body["valid_from"], body["valid_until"], body["proposed_by"], body["approved_by"], change.expected + 1),
    )


def _becoming_active(item: Prepared) -> list[KeyRow]:
    return [
        _key_row(change) for change, _token in item.changes if change.kind == PARTNER_KEY and change.state == ACTIVE
    ]


def _room(item: Prepared, active: set[tuple[str, str]]) -> bool:
    """Whether no unit gets more active keys than it may have."""
    for row in _becoming_active(item):
        if sum(unit == row[1] for keyid, unit in active if keyid != row[0]) >= MOST_ACTIVE:
            return False
    return True


def _current(item: Prepared, revisions: dict[tuple[str, str], int], open_duties: set[tuple[int, int]]) -> bool:
    """Whether everything the item builds on still holds; then it counts for the items after it."""
    duties = {(duty.entry_index, duty.position) for duty in item.done}
    changed = all(revisions.get((change.kind, change.id), 0) == change.expected for change, _token in item.changes)
    hold = all(revisions.get((case.kind, case.id), 0) == case.revision for case in item.preconditions)
    if not changed or not hold or not duties <= open_duties:
        return False
    for change, _token in item.changes:
        revisions[change.kind, change.id] = change.expected + 1
    open_duties -= duties
    return True


def grow(head: Head, appended: Sequence[Appended], batch: Batch, rows: TreeRows) -> Head:
    """Add entries, and the tiles they fill, to the batch; return the new head. Raises HeadError."""
    try:
        frontier = Frontier.from_bytes(head.frontier)
    except TreeError:
        raise HeadError("the stored frontier of the log is damaged") from None
    if frontier.size != head.size or frontier.root() != head.root:
        raise HeadError("size, root and frontier of the log head do not fit each other")
    for item in appended:
        frontier.append(item.prepared.leaf)
        batch.entries.append((item.entry_index, item.prepared.leaf, item.prepared.body))
    _fill_tiles(head.size, frontier.size, batch, rows)
    return Head(frontier.size, frontier.root(), frontier.to_bytes(), head.key_epoch)


def _fill_tiles(old: int, new: int, batch: Batch, rows: TreeRows) -> None:
    """Level by level: a tile that becomes full is stored, its root is a hash of the level above."""
    fresh = [leaf for _index, leaf, _body in batch.entries]
    level = 0
    while new >> (TILE_HEIGHT * (level + 1)) > old >> (TILE_HEIGHT * (level + 1)):
        start = (old >> (TILE_HEIGHT * level)) // TILE_WIDTH * TILE_WIDTH
        known = old >> (TILE_HEIGHT * level)
        before = rows.leaf_hashes(start, known) if level == 0 else rows.tile_roots(level - 1, start, known)
        if len(before) != known - start:
            raise HeadError("stored hashes of the log are missing")
        hashes = before + fresh
        fresh = []
        for at in range(0, len(hashes) - TILE_WIDTH + 1, TILE_WIDTH):
            row = hashes[at : at + TILE_WIDTH]
            root = subtree_root(row)
            batch.tiles.append((level, (start + at) // TILE_WIDTH, root, b"".join(row)))
            fresh.append(root)
        level += 1


def encrypt(appended: Sequence[Appended], found: Found, batch: Batch, cache: KeyCache) -> dict[bytes, AESGCM]:
    """Seal the private parts and file their tokens; returns the keys used, to remember once they are durable."""
    used: dict[bytes, AESGCM] = {}
    pool = os.urandom(NONCE_SIZE * sum(len(item.prepared.parts) for item in appended))
    at = 0
    for item in appended:
        for number, part in enumerate(item.prepared.parts):
            token = part.key_token
            key = used.get(token) or cache.get(token)
            if key is None:
                stored = found.keys.get(token)
                if stored is not None:
                    key = cache.vault.unwrap(token, stored)
                else:
                    key, wrapped = cache.vault.new_key(token)
                    batch.keys.append((token, wrapped.kek_version, wrapped.wrapped))
            used[token] = key
            nonce = pool[at : at + NONCE_SIZE]
            at += NONCE_SIZE
            sealed = nonce + key.encrypt(nonce, part.plaintext, part.context)
            batch.parts.append((item.entry_index, number, token, b"".join(part.tokens), sealed))
            for search in part.tokens:
                batch.tokens.append((search, item.entry_index, number))
        for position, duty in enumerate(item.prepared.obligations):
            due = int(duty.due.timestamp()) if duty.due else None
            batch.obligations.append((item.entry_index, position, duty.code, duty.on, due))
    return used


def erase(filed: Filed, token: bytes, batch: Batch) -> None:
    """Add the deletion of a subject's key, of every part that names it, and of all tokens of those parts."""
    batch.erased_keys.append(token)
    for index, part, tokens in filed.parts:
        batch.erased_parts.append((index, part))
        batch.erased_tokens += [(search, index, part) for search in split_tokens(tokens)]
