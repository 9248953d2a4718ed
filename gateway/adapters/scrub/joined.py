"""Names of the deny-list inside a handle or written together: `perez_j`, `maria.perez`, `mperez92`, `PerezMaria`.

A word counts as a handle where it has a digit, an underscore, an inner dot, a capital after a small letter, or an `@`
before it. In a handle a part of a name counts wherever it stands, if it has four letters or is a part of the handle by
itself; the whole handle goes. In a plain word two parts written together count, and one part with the beginning of
another, with the initials, or with a word that people put before a handle (`mperez`, `perezmj`, `marperez`,
`soymaria`). Works on folded text, in one pass for each part of a name.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

SHORTEST_PART = 3
SHORTEST_INSIDE = 4
SHORTEST_TOGETHER = 7

_BEFORE_A_HANDLE = frozenset(
    ("el", "la", "yo", "soy", "its", "im", "iam", "the", "mr", "mrs", "ms", "don", "real", "mi")
)
_TOKEN = re.compile(r"\w+(?:\.(?![A-Z])\w+)*|\w+(?:\.\w+){2,}")
_HANDLE = re.compile(r"[0-9_]|\w\.\w|[a-z][A-Z]")
_PIECE = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class JoinedNames:
    """The parts of every name of one record that may stand inside a longer word."""

    names: tuple[tuple[str, ...], ...] = field(repr=False)
    inside: tuple[str, ...] = field(repr=False)
    short: frozenset[str] = field(repr=False)
    together: tuple[str, ...] = field(repr=False)

    @classmethod
    def of(cls, names: Sequence[Sequence[str]]) -> "JoinedNames":
        """`names` are the parts of each name in lower case, without particles, each part of letters only."""
        kept = tuple(tuple(part for part in parts if len(part) >= SHORTEST_PART) for parts in names)
        parts = {part for each in kept for part in each}
        together = {
            first + second
            for each in kept
            for first, second in permutations(each, 2)
            if len(first) + len(second) >= SHORTEST_TOGETHER
        }
        return cls(
            tuple(tuple(parts) for parts in names),
            tuple(sorted(part for part in parts if len(part) >= SHORTEST_INSIDE)),
            frozenset(part for part in parts if len(part) < SHORTEST_INSIDE),
            tuple(sorted(together)),
        )

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of whole words in a folded text, each perhaps more than once."""
        if not self.inside and not self.short:
            return
        lowered = text.lower()
        if len(lowered) != len(text):
            return
        tokens = [match.span() for match in _TOKEN.finditer(text)]
        starts = [start for start, _ in tokens]
        for needle in self.inside:
            for start, end in _holding(needle, lowered, tokens, starts):
                if _is_handle(text, start, end) or self._with_beginning(needle, lowered[start:end]):
                    yield start, end
        for needle in self.together:
            yield from _holding(needle, lowered, tokens, starts)
        if self.short:
            for start, end in tokens:
                if _is_handle(text, start, end) and self._has_short_piece(text[start:end]):
                    yield start, end

    def _has_short_piece(self, handle: str) -> bool:
        return any(piece[0].lower() in self.short for piece in _PIECE.finditer(handle))

    def _with_beginning(self, part: str, word: str) -> bool:
        """Whether the word is this part and the beginning of another part of the same name, in either order."""
        if word.startswith(part):
            rest = word[len(part) :]
        elif word.endswith(part):
            rest = word[: -len(part)]
        else:
            return False
        if rest in _BEFORE_A_HANDLE and word.endswith(part):
            return True
        return bool(rest) and any(part in parts and _stands_for(rest, parts, part) for parts in self.names)


def _stands_for(rest: str, parts: Sequence[str], part: str) -> bool:
    """Whether the letters are the beginning of another part, or initials of the other parts."""
    others = [other for other in parts if other != part]
    return any(other.startswith(rest) for other in others) or (
        len(rest) <= len(others) and set(rest) <= {other[0] for other in others}
    )


def _holding(
    needle: str, lowered: str, tokens: Sequence[tuple[int, int]], starts: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Every word that holds the needle, once."""
    at = lowered.find(needle)
    while at >= 0:
        start, end = tokens[bisect_right(starts, at) - 1]
        if at + len(needle) <= end:
            yield start, end
        at = lowered.find(needle, max(end, at + 1))


def _is_handle(text: str, start: int, end: int) -> bool:
    return _HANDLE.search(text, start, end) is not None or text[max(0, start - 1) : start] == "@"
