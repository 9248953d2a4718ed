"""What an erasure says of itself, so that what is gone can be told from what was taken away.

Invariant: the entry of an erasure is the only lawful reason for a private part that is not there. Its own private part
lists the places of all that went (entry index and part number, no person), its seals name the cases that went; both are
made under the lock, from what is deleted in the same transaction. Does not: delete (`gateway.adapters.log.batch`).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from audit.entry import Entry
from audit.merkle import leaf_hash
from audit.vocabulary import digest_text
from gateway.adapters.log.prepared import Prepared
from gateway.adapters.log.rows import Filed
from gateway.adapters.log.state import erased
from gateway.adapters.log.vault import Vault, part_context
from gateway.domain.private_record import PrivateRecord

ERASED: Final = "erased"
"""The member of the private part's `details`: a list of [entry index, part number]."""


def saying_what_goes(prepared: Prepared, filed: Sequence[Filed], vault: Vault) -> Prepared:
    """The erasure's submission with what goes with these files: its cases as seals (invariant 13), its parts as a list
    in its own private part."""
    entry = Entry.from_bytes(prepared.body)
    cases = {case for one in filed for case in one.cases}
    gone = tuple(erased(vault.state_key, kind, name, revision + 1) for kind, name, revision in sorted(cases))
    places = sorted({(index, part) for one in filed for index, part, _tokens in one.parts})
    own, *others = prepared.parts
    said = PrivateRecord.opened(own.plaintext)
    sealed = PrivateRecord.fresh({**said.body, "details": {**said.details, ERASED: places}}).seal(())
    own = replace(own, plaintext=sealed.plaintext, context=part_context(sealed.commitment, 0, b"".join(own.tokens)))
    private = (digest_text(sealed.commitment), *entry.private[1:])
    entry = replace(entry, private=private, state=(*entry.state, *gone))
    made = entry.to_bytes()
    return replace(prepared, body=made, leaf=leaf_hash(made), state=entry.state, parts=(own, *others))


def erased_places(plaintext: bytes) -> Sequence[tuple[int, int]] | None:
    """What an erasure lists, from its private part; None for one from before there was a list."""
    listed = PrivateRecord.opened(plaintext).details.get(ERASED)
    return None if listed is None else [(int(index), int(part)) for index, part in listed]
