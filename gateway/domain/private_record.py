"""The private part of an entry as one value: a body of members and the salt of its commitment; written and read here.

Written form: the canonical JSON `{"part": body, "salt": base64url of 32 bytes}`, which the entry commits to
(`audit.commitment`) and only the operator can open. Members that every writer gives: `outcome`, `subject`; of a request
also `elements`, `judged`, `openings`, `keyid` (which key signed it, ADR 27) and what was asked, of an act of staff
`acting_officer`, `identified`, `details`.
Versions, told by their members because what is on file stays as it is: 1 before decisions could be recomputed (no
`judged`), 2 before the day of the law was on record (no `day`), 3 now.
Invariant: opened, a record is the one that was sealed, byte for byte. Does not: encrypt, or decide who may open one.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

from audit import canonical
from audit.canonical import JsonValue
from audit.commitment import PRIVATE_LABEL, commit_encoded, commit_private, fresh_salt, same
from audit.encoding import from_base64url, to_base64url
from audit.quick import quick
from gateway.domain.submission import PrivatePart
from gateway.domain.target import SubjectIdentifier

Encode = Callable[[Mapping[str, JsonValue]], bytes]
BEFORE_JUDGED: Final = 1
BEFORE_DAY: Final = 2
NOW: Final = 3


@quick
@dataclass(frozen=True, slots=True)
class PrivateRecord:
    """`body` and the 32 bytes of `salt`."""

    body: Mapping[str, Any] = field(repr=False)
    salt: bytes = field(repr=False)

    @classmethod
    def fresh(cls, body: Mapping[str, JsonValue]) -> Self:
        """With a salt of its own."""
        return cls(body, fresh_salt())

    @classmethod
    def opened(cls, plaintext: bytes) -> Self:
        """From what was sealed. Raises ValueError where it was not."""
        match json.loads(plaintext):
            case {"part": dict(body), "salt": str(salt), **others} if not others:
                return cls(body, from_base64url(salt))
        raise ValueError("this is no private part of an entry")

    def seal(self, subjects: Sequence[SubjectIdentifier], encode: Encode = canonical.encode) -> PrivatePart:
        """What a submission makes durable, filed under the subjects; the canonical bytes are made once, for the
        commitment and for what is kept. `encode` writes canonical JSON."""
        encoded = encode(self.body)
        plaintext = b'{"part":' + encoded + b',"salt":"' + to_base64url(self.salt).encode("ascii") + b'"}'
        return PrivatePart(tuple(subjects), plaintext, commit_encoded(self.salt, PRIVATE_LABEL, encoded))

    def is_committed_by(self, commitment: str) -> bool:
        """Whether this is what an entry commits to; `commitment` is base64url, as in the entry."""
        return same(commit_private(self.salt, self.body), from_base64url(commitment))

    @property
    def version(self) -> int:
        if "judged" not in self.body:
            return BEFORE_JUDGED
        return NOW if "day" in self.body else BEFORE_DAY

    @property
    def subject(self) -> SubjectIdentifier | None:
        """Whom it is about; None for a list, and for an act that is about nobody."""
        said = self.body.get("subject")
        return None if not said else SubjectIdentifier(said["scheme"], said["value"])

    @property
    def details(self) -> Mapping[str, Any]:
        """What an act of staff was about."""
        return self.body.get("details") or {}

    @property
    def openings(self) -> dict[str, bytes]:
        """The salts that open the commitments of what was disclosed, by element."""
        return {name: from_base64url(salt) for name, salt in self.body.get("openings", {}).items()}


def said_of(subject: SubjectIdentifier | None) -> JsonValue:
    """A subject as a record keeps it."""
    return None if subject is None else {"scheme": subject.scheme, "value": subject.value}
