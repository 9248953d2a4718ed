"""Offline proofs as text: an entry's index, its inclusion proof and a checkpoint in one file (C2SP
tlog-proof).

    c2sp.org/tlog-proof@v1
    [extra <base64>]
    index <decimal>
    <base64 hash, leaf's sibling first> ...
    <empty line>
    <signed checkpoint>

Invariant: `TlogProof.parse(str(proof)) == proof`; nothing in it is believed before `verify`. Here `extra`
carries the entry's bytes, so that one `.tlog-proof` file is enough; they are checked through their leaf
hash.
Does not: hold salts or values, so a proof may be shown to anyone who may see the entry.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from audit import checkpoint as checkpoints
from audit import note as signed_note
from audit.checkpoint import SignedCheckpoint
from audit.encoding import from_base64, to_base64
from audit.errors import NoteError, ProofError
from audit.merkle import HASH_SIZE, MAX_SIZE, leaf_hash, verify_inclusion
from audit.note_key import VerifierKey

HEADER: Final = "c2sp.org/tlog-proof@v1"
MAX_HASHES: Final = 63

_INDEX: Final = re.compile(r"index (0|[1-9][0-9]{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class TlogProof:
    """An inclusion proof with the checkpoint (note text) that it leads to."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.index <= MAX_SIZE or len(self.hashes) > MAX_HASHES:
            raise ProofError("the index or the length of a proof is out of range")
        if any(len(value) != HASH_SIZE for value in self.hashes):
            raise ProofError("a hash is not 32 bytes long")

    def __str__(self) -> str:
        """Return the text of a `.tlog-proof` file."""
        head = [HEADER, *([] if self.extra is None else [f"extra {to_base64(self.extra)}"])]
        lines = [*head, f"index {self.index}", *(to_base64(value) for value in self.hashes)]
        return "\n".join(lines) + "\n\n" + self.checkpoint

    @classmethod
    def parse(cls, text: str) -> "TlogProof":
        """Read the text of a `.tlog-proof` file. Raises ProofError."""
        head, empty_line, checkpoint = text.partition("\n\n")
        lines = head.split("\n", MAX_HASHES + 4)
        if len(text) > signed_note.MAX_NOTE_SIZE or not empty_line or lines.pop(0) != HEADER:
            raise ProofError("this is not a tlog-proof, version 1")
        try:
            extra = None
            if lines and lines[0].startswith("extra "):
                extra = from_base64(lines.pop(0).removeprefix("extra "))
            index = _INDEX.fullmatch(lines.pop(0)) if lines else None
            if index is None:
                raise ProofError("the proof has no index")
            signed_note.parse(checkpoint)
            return cls(int(index[1]), tuple(from_base64(line) for line in lines), checkpoint, extra)
        except NoteError:
            raise ProofError("the checkpoint of the proof is not a signed note") from None
        except ValueError:
            raise ProofError("the proof holds a line that is not base64") from None

    def verify(
        self,
        entry: bytes,
        log: VerifierKey,
        *,
        witnesses: Iterable[VerifierKey] = (),
        quorum: int = 0,
    ) -> SignedCheckpoint:
        """Check that the log's signed checkpoint includes these entry bytes at the index.

        Raises:
            ProofError: the proof does not lead to the checkpoint's root.
            NoteError: the checkpoint is not a good one (see `audit.checkpoint.verify`).
        """
        signed = checkpoints.verify(self.checkpoint, log, witnesses=witnesses, quorum=quorum)
        head = signed.checkpoint
        verify_inclusion(self.index, head.size, leaf_hash(entry), self.hashes, head.root)
        return signed
