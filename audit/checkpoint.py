"""Checkpoints: the log's signed statement of its size and root hash (C2SP tlog-checkpoint, tlog-cosignature).

    <origin>
    <tree size, decimal>
    <base64 root hash>
    [<extension line> ...]

Invariant: a checkpoint is accepted only with the log's own signature, under the expected origin, and with
cosignatures of at least as many different witnesses as asked for.
Does not: prove that one checkpoint extends another (`audit.merkle.verify_consistency`), nor fetch anything.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from audit import note as signed_note
from audit.encoding import from_base64, to_base64
from audit.errors import CheckpointError, UnsignedError
from audit.merkle import EMPTY_ROOT, HASH_SIZE, MAX_SIZE
from audit.note import Note, VerifiedSignature, verified_by
from audit.note_key import COSIGNATURE, SignerKey, VerifierKey

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: origin, number of entries, 32-byte root hash, extension lines (none in this
    product)."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if any(not line or "\n" in line for line in lines):
            raise CheckpointError("an origin or extension line is empty or more than one line")
        if not 0 <= self.size <= MAX_SIZE or len(self.root) != HASH_SIZE:
            raise CheckpointError("the size or the root hash of a checkpoint is out of range")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise CheckpointError("the root hash is not that of an empty tree")

    def body(self) -> str:
        """Return the note text that is signed."""
        return "\n".join((self.origin, str(self.size), to_base64(self.root), *self.extensions)) + "\n"

    @classmethod
    def parse_body(cls, text: str) -> "Checkpoint":
        """Read a note text. Raises CheckpointError."""
        lines = text.removesuffix("\n").split("\n")
        if not text.endswith("\n") or len(lines) < 3 or not _SIZE.fullmatch(lines[1]):
            raise CheckpointError("the checkpoint body is not origin, size and root hash")
        try:
            root = from_base64(lines[2])
        except ValueError:
            raise CheckpointError("the root hash of the checkpoint is not base64") from None
        return cls(lines[0], int(lines[1]), root, tuple(lines[3:]))


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint whose signatures have been checked, with the cosignatures of the known witnesses."""

    checkpoint: Checkpoint
    note: Note
    cosignatures: tuple[VerifiedSignature, ...] = ()

    def __str__(self) -> str:
        """Return the note text as it is served at `<prefix>/checkpoint`."""
        return str(self.note)


def sign(checkpoint: Checkpoint, signer: SignerKey) -> str:
    """Return the signed note text. The signer of a log has the origin as its name.

    The caller has proven consistency with the last checkpoint it signed; this function cannot.

    Raises:
        CheckpointError: the key is a witness's, or is not named after the origin.
    """
    if signer.kind == COSIGNATURE or signer.name != checkpoint.origin:
        raise CheckpointError("a checkpoint is signed with the log key that is named after its origin")
    return str(signed_note.sign(checkpoint.body(), signer))


def cosign(text: str, log: VerifierKey, witness: SignerKey, *, timestamp: int) -> str:
    """Return the note with a witness's cosignature (POSIX seconds) added.

    The witness has proven consistency with what it cosigned before; this function cannot.

    Raises:
        NoteError: the log did not sign this checkpoint.
        CheckpointError: the key is not a witness's.
    """
    if witness.kind != COSIGNATURE:
        raise CheckpointError("a cosignature is made with a witness key")
    opened = verify(text, log)
    return str(signed_note.add_signature(opened.note, witness, timestamp=timestamp))


def verify(
    text: bytes | str,
    log: VerifierKey,
    *,
    origin: str | None = None,
    witnesses: Iterable[VerifierKey] = (),
    quorum: int = 0,
) -> SignedCheckpoint:
    """Check a signed checkpoint. `origin` defaults to the log key's name; `quorum` counts distinct witness
    keys.

    Raises:
        NoteError: malformed, not signed by the log, or badly signed by the log or a known witness.
        CheckpointError: malformed body, or the checkpoint of another log.
        UnsignedError: fewer than `quorum` witnesses cosigned.
    """
    if log.kind == COSIGNATURE:
        raise CheckpointError("the log key is a witness key")
    known = tuple(witnesses)
    if any(witness.kind != COSIGNATURE for witness in known):
        raise CheckpointError("a witness key is not a cosignature key")
    note = signed_note.parse(text)
    good = note.verify((log, *known))
    if not verified_by(good, log):
        raise UnsignedError("the log itself did not sign the checkpoint")
    checkpoint = Checkpoint.parse_body(note.text)
    if checkpoint.origin != (origin or log.name):
        raise CheckpointError("the checkpoint is of another log")
    cosignatures = tuple(one for one in good if one.key != log)
    if len({one.key.public for one in cosignatures}) < quorum:
        raise UnsignedError("too few of the known witnesses cosigned the checkpoint")
    return SignedCheckpoint(checkpoint, note, cosignatures)
