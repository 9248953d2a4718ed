"""Seals rows that grant something, so that a row counts only as far as an entry of the log bears it out (invariant 13).

    tag   HMAC-SHA256(state key, "tag"  | kind | id)
    seal  HMAC-SHA256(state key, "seal" | canonical JSON of the whole row at one revision)

Both go into the entry that changes the row (`audit.entry.StateSeal`). The key is derived from a secret of the
deployment (`Vault.state_key`) and is never in the database: who can write there can neither make a seal nor use one for
another row, another revision or another content. Does not: read the log (`gateway.adapters.log.proven`).
"""

import hmac
from dataclasses import dataclass
from typing import Final

from audit import canonical
from audit.encoding import to_base64url
from audit.entry import StateSeal

_TAG: Final = b"isa-gateway/state-tag/v1\x00"
_SEAL: Final = b"isa-gateway/state-seal/v1\x00"
_ADOPTED: Final = b"isa-gateway/state-adopted/v1\x00"
_ERASED: Final = b"isa-gateway/state-erased/v1\x00"

OBLIGATION: Final = "obligation"
"""The kind under which a fulfilled obligation is sealed. A row of `partner_key` has
`gateway.service.partner.partner_keys.KIND`; all other kinds are those of `case_record`."""


@dataclass(frozen=True, slots=True)
class StateRow:
    """A row as it is sealed. `due` is Unix seconds, `token` the search token it is filed under, `body` canonical JSON.
    `place` are the entries that the row names, the one that opened it and the last, where it names any: they are in no
    seal, which is made before its entry has a place, and the fold knows them."""

    kind: str
    id: str
    revision: int
    state: str
    due: int | None
    token: bytes | None
    body: bytes
    place: tuple[int, int] | None = None


def done_row(entry_index: int, position: int) -> StateRow:
    """An obligation that was fulfilled, as the entry that fulfilled it seals it: once, and with nothing to say."""
    return StateRow(OBLIGATION, f"{entry_index}/{position}", 1, "done", None, None, b"")


def tag_of(key: bytes, kind: str, row_id: str) -> bytes:
    """What stands for a row in entries, for its whole life."""
    return hmac.digest(key, _TAG + canonical.encode([kind, row_id]), "sha256")


def seal_of(key: bytes, row: StateRow) -> bytes:
    """What stands for everything the row says at its revision."""
    return hmac.digest(key, _SEAL + _content(row), "sha256")


def adopted_seal_of(key: bytes, row: StateRow) -> bytes:
    """The same for a row that was there before seals were: the entries that it names are part of what it says."""
    place = canonical.encode(list(row.place) if row.place else None)
    return hmac.digest(key, _ADOPTED + place + b"\x00" + _content(row), "sha256")


def _content(row: StateRow) -> bytes:
    token = None if row.token is None else row.token.hex()
    return canonical.encode([row.kind, row.id, row.revision, row.state, row.due, token, row.body.hex()])


def sealed(key: bytes, row: StateRow) -> StateSeal:
    """The member of the entry that makes the row what it is."""
    return StateSeal(to_base64url(tag_of(key, row.kind, row.id)), row.revision, to_base64url(seal_of(key, row)))


def adopted(key: bytes, row: StateRow) -> StateSeal:
    """The member of the entry that puts a row from before on record."""
    return StateSeal(to_base64url(tag_of(key, row.kind, row.id)), row.revision, to_base64url(adopted_seal_of(key, row)))


def erased(key: bytes, kind: str, row_id: str, revision: int) -> StateSeal:
    """The member of the entry that deletes the row: no content at `revision` has this seal."""
    tag = tag_of(key, kind, row_id)
    return StateSeal(to_base64url(tag), revision, to_base64url(erased_seal(key, tag, revision)))


def erased_seal(key: bytes, tag: bytes, revision: int) -> bytes:
    """The seal by which the row of this tag is deleted."""
    return hmac.digest(key, _ERASED + tag + revision.to_bytes(8, "big"), "sha256")
