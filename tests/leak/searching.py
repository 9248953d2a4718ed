"""Searching outputs for values that should not be there.

A `Search` looks for every secret in the spellings it could leak in: in any case, with and without the separators of a
number, and inside anything that decodes as base64url. Finds are told by where the secret came from, never by the
secret itself.
"""

import base64
import binascii
import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

SHORTEST = 6
_ENCODED = re.compile(rb"[A-Za-z0-9_\-+/]{16,}")
_BETWEEN_DIGITS = re.compile(rb"(?<=[0-9])[ .\-/](?=[0-9])")
_SEPARATORS = re.compile(r"[\s.\-/()]")


@dataclass(slots=True)
class Search:
    """Secrets by spelling (lower-case bytes); the value says what each of them is.

    `_by_end` are the spellings by their last bytes: a text holds few of those, so few spellings are looked for."""

    spellings: dict[bytes, str] = field(default_factory=dict, repr=False)
    _by_end: dict[bytes, list[bytes]] = field(default_factory=dict, repr=False)

    def add(self, secret: object, what: str) -> None:
        for spelling in (text.lower().encode() for text in _spellings(str(secret))):
            if spelling not in self.spellings:
                self.spellings[spelling] = what
                self._by_end.setdefault(spelling[-SHORTEST:], []).append(spelling)

    def find(self, text: bytes, allowed: Iterable[object] = ()) -> list[str]:
        """What is in `text`, sorted; `allowed` are secrets that may be there."""
        pardoned = {spelling.lower().encode() for value in allowed for spelling in _spellings(str(value))}
        haystack = b"\n".join([text.lower(), _BETWEEN_DIGITS.sub(b"", text), *_decoded(text)])
        ends = frozenset(self._by_end).intersection(_windows(haystack))
        likely = (spelling for end in ends for spelling in self._by_end[end])
        return sorted({self.spellings[one] for one in likely if one in haystack and one not in pardoned})


def _windows(haystack: bytes) -> Iterator[bytes]:
    return (haystack[start : start + SHORTEST] for start in range(len(haystack) - SHORTEST + 1))


def _spellings(secret: str) -> Iterator[str]:
    if len(secret) < SHORTEST:
        return
    yield secret
    bare = _SEPARATORS.sub("", secret)
    if len(bare) >= 8:
        yield bare


def _decoded(text: bytes) -> Iterator[bytes]:
    for match in _ENCODED.finditer(text):
        token = match[0].translate(bytes.maketrans(b"+/", b"-_"))
        for start in range(min(4, len(token) - 15)):
            part = token[start:]
            with contextlib.suppress(binascii.Error, ValueError):
                yield base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4)).lower()


def world_secrets(canaries: Mapping[str, object]) -> Search:
    """Every canary of a sample world (canaries.json)."""
    search = Search()
    listed = canaries["canaries"]
    assert isinstance(listed, list)
    for item in listed:
        search.add(item["canary"], f"{item['class']} {item['record_type']}.{item['element']}")
    return search
