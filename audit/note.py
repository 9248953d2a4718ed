"""Signed notes: text signed by one or more keys (C2SP signed-note; Ed25519 0x01 and cosignature/v1 0x04).

    <text, ending in a newline>
    <empty line>
    — <key name> base64(4-byte key ID || signature)

Invariant: a note counts only when a known key signed it; a wrong signature by a known key refuses the whole
note; signatures of unknown keys are ignored. A key is known by name and key ID together.
Does not: interpret the text (`audit.checkpoint` does) or decide how many witnesses are enough.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from audit.encoding import from_base64, to_base64
from audit.errors import NoteError, SignatureError, UnsignedError
from audit.note_key import COSIGNATURE, SignerKey, VerifierKey, is_key_name

MAX_NOTE_SIZE: Final = 1_000_000
MAX_SIGNATURES: Final = 100
MAX_TIMESTAMP: Final = (1 << 63) - 1

_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line. `value` is what follows the key ID, at least one byte."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """Return the signature line with its newline."""
        return f"— {self.name} {to_base64(self.key_id + self.value)}\n"


@dataclass(frozen=True, slots=True)
class VerifiedSignature:
    """A signature that a known key made. `timestamp` is POSIX seconds for a cosignature, else None."""

    key: VerifierKey
    timestamp: int | None


@dataclass(frozen=True, slots=True)
class Note:
    """A parsed note. Its text must not be trusted before `verify`."""

    text: str
    signatures: tuple[NoteSignature, ...] = ()

    def __str__(self) -> str:
        """Return the note as it is sent and stored."""
        return self.text + "\n" + "".join(signature.line() for signature in self.signatures)

    def verify(self, keys: Iterable[VerifierKey]) -> tuple[VerifiedSignature, ...]:
        """Return the good signatures by these keys, at most one for a key, in the note's order.

        Raises:
            SignatureError: a signature by one of the keys is wrong.
            UnsignedError: none of the keys signed the note.
            NoteError: two of the keys share name and key ID.
        """
        known: dict[tuple[str, bytes], VerifierKey] = {}
        for key in keys:
            if known.setdefault((key.name, key.key_id), key) != key:
                raise NoteError("two known keys share a name and a key ID")
        found: dict[VerifierKey, VerifiedSignature] = {}
        for signature in self.signatures:
            signer = known.get((signature.name, signature.key_id))
            if signer is not None:
                timestamp = _check(signature.value, self.text, signer)
                found.setdefault(signer, VerifiedSignature(signer, timestamp))
        if not found:
            raise UnsignedError("no known key signed the note")
        return tuple(found.values())


def parse(data: bytes | str) -> Note:
    """Read a note without checking its signatures.

    Raises:
        NoteError: it is not a well-formed note, or it is over the size caps.
    """
    text = _as_text(data)
    body, empty_line, lines = text.rpartition("\n\n")
    if not empty_line or not lines.endswith("\n"):
        raise NoteError("the note has no signature part")
    rows = lines[:-1].split("\n")
    if len(rows) > MAX_SIGNATURES:
        raise NoteError("the note has too many signatures")
    return Note(body + "\n", tuple(_parse_signature(row) for row in rows))


def sign(text: str, *signers: SignerKey, timestamp: int = 0) -> Note:
    """Return a note over `text`, which ends in a newline. `timestamp` (POSIX seconds) is for cosigners only.

    Raises:
        NoteError: the text is malformed, or no signer was given.
    """
    _as_text(text)
    if not text.endswith("\n") or not signers:
        raise NoteError("a note needs a text that ends in a newline, and a signer")
    return Note(text, tuple(_sign(text, signer, timestamp) for signer in signers))


def add_signature(note: Note, signer: SignerKey, *, timestamp: int = 0) -> Note:
    """Return the note with the signer's line added, or put in place of the one it had. Raises NoteError."""
    own = (signer.name, signer.key_id)
    kept = [line for line in note.signatures if (line.name, line.key_id) != own]
    return Note(note.text, (*kept, _sign(note.text, signer, timestamp)))


def _as_text(data: bytes | str) -> str:
    if len(data) > MAX_NOTE_SIZE:
        raise NoteError("the note is too large")
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        text.encode("utf-8")
    except UnicodeError:
        raise NoteError("the note is not UTF-8") from None
    if _CONTROL.search(text):
        raise NoteError("the note holds a control character")
    return text


def _parse_signature(row: str) -> NoteSignature:
    parts = row.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not is_key_name(parts[1]):
        raise NoteError("a signature line is malformed")
    try:
        blob = from_base64(parts[2])
    except ValueError:
        raise NoteError("a signature line is not base64") from None
    if len(blob) < 5:
        raise NoteError("a signature line is too short")
    return NoteSignature(parts[1], blob[:4], blob[4:])


def _cosigned(text: str, timestamp: int) -> bytes:
    """Return the message of a cosignature (C2SP tlog-cosignature, Ed25519 signed message)."""
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


def _sign(text: str, signer: SignerKey, timestamp: int) -> NoteSignature:
    if signer.kind != COSIGNATURE:
        return NoteSignature(signer.name, signer.key_id, signer.sign(text.encode("utf-8")))
    if not 0 < timestamp <= MAX_TIMESTAMP:
        raise NoteError("a cosignature needs a time")
    value = timestamp.to_bytes(8, "big") + signer.sign(_cosigned(text, timestamp))
    return NoteSignature(signer.name, signer.key_id, value)


def _check(value: bytes, text: str, key: VerifierKey) -> int | None:
    """Check one signature by a known key and return a cosignature's time. Raises SignatureError."""
    if key.kind != COSIGNATURE:
        if not key.verifies(value, text.encode("utf-8")):
            raise SignatureError("a known key's signature on the note is wrong")
        return None
    timestamp = int.from_bytes(value[:8], "big")
    if timestamp > MAX_TIMESTAMP or not key.verifies(value[8:], _cosigned(text, timestamp)):
        raise SignatureError("a known key's cosignature on the note is wrong")
    return timestamp


def verified_by(signatures: Sequence[VerifiedSignature], key: VerifierKey) -> bool:
    """Tell whether one of the verified signatures is by this key."""
    return any(signature.key == key for signature in signatures)
