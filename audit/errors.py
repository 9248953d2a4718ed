"""Every way the evidence can be wrong, as one tree of errors.

Invariant: a message names the element, the field or the position that is wrong and never a value, because
these messages end up in logs and on screens. `code` is stable: programs may match on it.
Does not: decide what to do about an error; that is the caller's.
"""


class AuditError(Exception):
    """Base of everything this package raises. `code` is stable; `str()` carries no personal value."""

    code = "audit-error"


class CanonicalError(AuditError):
    """A value has no canonical JSON form, or bytes are not in it (RFC 8785, restricted)."""

    code = "not-canonical"


class EntryError(AuditError):
    """A log entry has a field that its closed schema does not allow."""

    code = "entry-malformed"


class CommitmentError(AuditError):
    """An opening (salt and value) does not match the commitment in the entry."""

    code = "commitment-mismatch"


class TreeError(AuditError):
    """A tree was asked for something it does not have, such as a leaf beyond its size."""

    code = "tree-range"


class ProofError(AuditError):
    """An inclusion or consistency proof does not lead to the root hash (RFC 9162, 2.1.3.2 and 2.1.4.2)."""

    code = "proof-invalid"


class TileError(AuditError):
    """A tile, an entry bundle or a tile path is malformed (C2SP tlog-tiles)."""

    code = "tile-malformed"


class TileMissingError(TileError):
    """A tile or an entry bundle that the tree size requires is not there."""

    code = "tile-missing"


class KeyFormatError(AuditError):
    """A verifier or signer key string is malformed (C2SP signed-note)."""

    code = "key-malformed"


class NoteError(AuditError):
    """A signed note is malformed (C2SP signed-note)."""

    code = "note-malformed"


class SignatureError(NoteError):
    """A signature by a known key is wrong, so the whole note is refused."""

    code = "signature-invalid"


class UnsignedError(NoteError):
    """A required signature, of the log or of enough witnesses, is absent."""

    code = "signature-missing"


class CheckpointError(NoteError):
    """A checkpoint body is malformed or belongs to another log (C2SP tlog-checkpoint)."""

    code = "checkpoint-malformed"


class ReceiptError(AuditError):
    """A receipt is malformed, or does not fit the answer it came with."""

    code = "receipt-invalid"
