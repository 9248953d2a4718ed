"""Receipts: what a recipient gets with an answer, to prove what it was given and that it was logged.

    {"entry": b64, "entry_index": n, "openings": {element: b64 salt},
     "private_opening": {"salt": b64, "part": {...}},                        (optional)
     "proof": {"inclusion": [b64 hash, ...], "checkpoint": "<note text>"}}    (null while pending)

b64 is base64url without padding. Invariant: `open_receipt` returns only when the entry is well formed, every
element received is in the entry and opens its commitment, none is missing, and (unless pending) a checkpoint
signed by the log includes the entry at that index.
Does not: say that the log shows everyone the same tree; cosignatures of witnesses do (`quorum`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from audit import commitment
from audit.checkpoint import SignedCheckpoint
from audit.encoding import from_base64url, to_base64url, to_base64url_each
from audit.entry import Entry
from audit.errors import CanonicalError, CommitmentError, ProofError, ReceiptError
from audit.merkle import MAX_SIZE
from audit.note_key import VerifierKey
from audit.proof import TlogProof
from audit.quick import quick
from audit.vocabulary import is_name

_REQUIRED: Final = frozenset({"entry", "entry_index", "openings", "proof"})
_OPTIONAL: Final = frozenset({"private_opening"})


@dataclass(frozen=True, slots=True)
class PrivateOpening:
    """The salt and the content of a private part, for those who may see it."""

    salt: bytes
    part: Mapping[str, Any]


@quick
@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt in memory. `openings` maps element names to 32-byte salts; `proof` is None while pending."""

    entry: bytes
    entry_index: int
    openings: Mapping[str, bytes]
    proof: TlogProof | None = None
    private_opening: PrivateOpening | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object that is sent."""
        members: dict[str, Any] = {
            "entry": to_base64url(self.entry),
            "entry_index": self.entry_index,
            "openings": dict(zip(self.openings, to_base64url_each(list(self.openings.values())), strict=True)),
            "proof": None,
        }
        if self.proof is not None:
            members["proof"] = {
                "inclusion": [to_base64url(value) for value in self.proof.hashes],
                "checkpoint": self.proof.checkpoint,
            }
        if (opening := self.private_opening) is not None:
            members["private_opening"] = {"salt": to_base64url(opening.salt), "part": dict(opening.part)}
        return members

    @classmethod
    def from_dict(cls, members: object) -> "Receipt":
        """Read the JSON object that was sent. Raises ReceiptError."""
        receipt = _object(members, "receipt")
        if not _REQUIRED <= receipt.keys() <= _REQUIRED | _OPTIONAL:
            raise ReceiptError("the receipt does not have exactly the members of its schema")
        index = receipt["entry_index"]
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index <= MAX_SIZE:
            raise ReceiptError("entry_index is not an index")
        openings = _object(receipt["openings"], "openings")
        opening = receipt.get("private_opening")
        return cls(
            entry=_bytes(receipt["entry"], "entry"),
            entry_index=index,
            openings={element: _bytes(salt, "openings") for element, salt in openings.items()},
            proof=_proof(index, receipt["proof"]),
            private_opening=None if opening is None else _private_opening(opening),
        )

    def to_proof(self) -> TlogProof:
        """Return the proof as a C2SP tlog-proof that carries the entry. Raises ReceiptError if pending."""
        if self.proof is None:
            raise ReceiptError("the receipt has no proof yet")
        return TlogProof(self.entry_index, self.proof.hashes, self.proof.checkpoint, self.entry)


@dataclass(frozen=True, slots=True)
class OpenedReceipt:
    """What a receipt proves. `checkpoint` is None while the proof is pending."""

    entry: Entry
    entry_index: int
    checkpoint: SignedCheckpoint | None

    @property
    def proven(self) -> bool:
        """Whether a signed checkpoint includes the entry."""
        return self.checkpoint is not None


def open_receipt(
    receipt: Receipt | Mapping[str, Any],
    records: Sequence[Mapping[str, Any]] | None,
    log_vkey: str | VerifierKey,
    *,
    request_digest: str | None = None,
    witnesses: Iterable[VerifierKey] = (),
    quorum: int = 0,
) -> OpenedReceipt:
    """Check a receipt against the records it came with (None: values are not at hand, not checked).

    `request_digest` is that of the request the recipient sent, to see that the entry is about that request.

    Raises:
        ReceiptError, EntryError, CommitmentError: the receipt does not fit the answer; the element is named.
        ProofError, NoteError: the proof does not lead to a checkpoint that the log signed.
        KeyFormatError: the log's key is malformed.
    """
    if not isinstance(receipt, Receipt):
        receipt = Receipt.from_dict(receipt)
    log = VerifierKey.parse(log_vkey) if isinstance(log_vkey, str) else log_vkey
    entry = Entry.from_bytes(receipt.entry)
    if request_digest is not None and entry.request_digest != request_digest:
        raise ReceiptError("the entry is about another request")
    if records is not None:
        _open_elements(entry, receipt.openings, records)
    if receipt.private_opening is not None:
        _open_private(entry, receipt.private_opening)
    signed = None
    if receipt.proof is not None:
        signed = receipt.proof.verify(receipt.entry, log, witnesses=witnesses, quorum=quorum)
    return OpenedReceipt(entry, receipt.entry_index, signed)


def _open_elements(entry: Entry, openings: Mapping[str, bytes], records: Sequence[Mapping[str, Any]]) -> None:
    if len(records) != entry.records:
        raise ReceiptError("the entry counts another number of records than the answer holds")
    logged = {part.element: part.commitment for part in entry.disclosed}
    for element in sorted({name for record in records for name in record} - logged.keys()):
        raise ReceiptError(f"element {_safe(element)} was received but is not in the entry")
    for element in sorted(openings.keys() ^ logged.keys()):
        raise ReceiptError(f"element {_safe(element)} has an opening without a commitment, or none")
    for element, stated in logged.items():
        values = [record.get(element) for record in records]
        try:
            opened = commitment.commit_element(openings[element], element, values)
        except CanonicalError:
            raise CommitmentError(f"element {element} holds a value without a canonical form") from None
        if not commitment.same(opened, from_base64url(stated)):
            raise CommitmentError(f"element {element} was received with other values than were logged")


def _open_private(entry: Entry, opening: PrivateOpening) -> None:
    opened = commitment.commit_private(opening.salt, dict(opening.part))
    if not any(commitment.same(opened, from_base64url(stated)) for stated in entry.private):
        raise CommitmentError("the private part does not open any commitment of the entry")


def _proof(index: int, value: object) -> TlogProof | None:
    if value is None:
        return None
    members = _object(value, "proof")
    if members.keys() != {"inclusion", "checkpoint"} or not isinstance(members["checkpoint"], str):
        raise ReceiptError("proof does not have exactly the members of its schema")
    hashes = members["inclusion"]
    if not isinstance(hashes, list):
        raise ReceiptError("proof.inclusion is not a list")
    try:
        return TlogProof(index, tuple(_bytes(item, "proof.inclusion") for item in hashes), members["checkpoint"])
    except ProofError as error:
        raise ReceiptError(f"proof.inclusion: {error}") from None


def _private_opening(value: object) -> PrivateOpening:
    members = _object(value, "private_opening")
    if members.keys() != {"salt", "part"}:
        raise ReceiptError("private_opening does not have exactly the members of its schema")
    part = _object(members["part"], "private_opening.part")
    return PrivateOpening(_bytes(members["salt"], "private_opening.salt"), part)


def _object(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ReceiptError(f"{name} is not an object")
    return value


def _bytes(value: object, name: str) -> bytes:
    try:
        if isinstance(value, str):
            return from_base64url(value)
    except ValueError:
        pass
    raise ReceiptError(f"{name} is not base64url without padding")


def _safe(element: object) -> str:
    """Return an element's name for a message, unless it is no name and might be anything."""
    return element if isinstance(element, str) and is_name(element) else "(malformed name)"
