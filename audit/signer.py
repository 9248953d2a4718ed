"""The log's own signer: it never signs a head that does not extend the last one it signed.

Invariant (C2SP tlog-checkpoint, "Signatures"): a log must not sign two checkpoints that are inconsistent. The signer
remembers its last checkpoint and demands the consistency proof from it, so a restored backup or a damaged tree stops
here and not at an auditor's.
Does not: store anything. The caller keeps the returned text durably before it publishes it, and starts with it again.
"""

from collections.abc import Sequence

from audit import checkpoint as checkpoints
from audit.checkpoint import Checkpoint
from audit.merkle import EMPTY_ROOT, verify_consistency
from audit.note_key import SignerKey


class CheckpointSigner:
    """Signs the heads of one log in order. Not safe for several threads at once."""

    def __init__(self, key: SignerKey, last: str | None = None) -> None:
        """Begin after the last checkpoint this log signed (None: a new log).

        Raises:
            NoteError: the last checkpoint is not one that this key signed.
        """
        self._key = key
        self._text = last
        self._last = (
            Checkpoint(key.name, 0, EMPTY_ROOT) if last is None else checkpoints.verify(last, key.verifier).checkpoint
        )

    @property
    def last(self) -> Checkpoint:
        """The last head signed, or the empty tree's."""
        return self._last

    def sign(self, size: int, root: bytes, proof: Sequence[bytes]) -> str:
        """Return the signed checkpoint of the tree (size, root); `proof` leads to it from `last`.

        Signing the same head again returns the same text.

        Raises:
            ProofError: the tree does not extend the last one signed.
        """
        verify_consistency(self._last.size, size, self._last.root, root, proof)
        if self._text is None or size != self._last.size:
            head = Checkpoint(self._key.name, size, root)
            self._text = checkpoints.sign(head, self._key)
            self._last = head
        return self._text
