"""The text of a private part held against the commitment of its entry, without encoding it anew.

Invariant: the same answer as `audit.commitment` gives for the parsed part. For passes over many entries; does not:
decrypt.
"""

from binascii import a2b_base64
from typing import Final

from audit.commitment import PRIVATE_LABEL, commit_encoded, same
from audit.errors import AuditError

_PREFIX: Final = b'{"part":'
_BEFORE_SALT: Final = b',"salt":"'
_SALT_CHARACTERS: Final = 43
_STANDARD: Final = bytes.maketrans(b"-_", b"+/")
_TAIL: Final = len(_BEFORE_SALT) + _SALT_CHARACTERS + len(b'"}')


def bytes_of(text: bytes) -> bytes:
    """32 bytes from base64url without padding."""
    return a2b_base64(text.translate(_STANDARD) + b"=")


def part_of(plaintext: bytes) -> bytes:
    """The part itself, without its salt; of a text that has not this form, something else."""
    return plaintext[len(_PREFIX) : -_TAIL]


def opens_commitment(plaintext: bytes, commitment: bytes) -> bool:
    """Whether the text is {"part": ..., "salt": ...} in canonical form and opens the commitment."""
    tail = plaintext[-_TAIL:]
    if not plaintext.startswith(_PREFIX) or not tail.startswith(_BEFORE_SALT):
        return False
    try:
        salt = bytes_of(tail[len(_BEFORE_SALT) : -2])
        return same(commit_encoded(salt, PRIVATE_LABEL, part_of(plaintext)), commitment)
    except (AuditError, ValueError):
        return False
