"""The deny-list of one record: where its own names and identifiers occur in a folded text.

A name is found whole, reordered ("Family, Given"), part by part (family or given name alone, halves of a hyphenated
name), with or as initials ("J.H."), as a possessive or plural, run together ("mariegagnon", "mgagnon") and spaced out
("G a g n o n"), in any case and with any accents; inside handles it is found by joined.py. Names of two letters ("Ng",
"Lê") count wherever they are capitalised, and in any case behind a title; of a name in Han characters or Hangul the
family name counts alone. Words such as "de la" or "inc" count only next to another part of the same name, or where
they are the whole entry and capitalised; "Ben" or "Van" count wherever they are capitalised. An entry that is not a
name (a number, a reference, an address, a mail address) is found as its run of letters and digits, whatever separates
them.

Invariant: errs towards replacing. A name that is also a common word takes the word with it. Does not know nicknames,
misspellings or transliterations.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gateway.adapters.scrub.folding import fold
from gateway.adapters.scrub.joined import JoinedNames

MIN_PART = 3
MIN_SQUEEZED = 4
MIN_SPACED = 5

_WORD = re.compile(r"[^\W\d_]+|\d+")
_SEPARATOR = re.compile(r"[\s.,'\-_]{1,4}")
_FUNCTION_WORDS = frozenset(
    (
        "de", "du", "des", "di", "da", "la", "le", "les", "el", "los", "las", "the", "and", "et", "mr", "mrs", "miss",
        "mme", "mlle", "monsieur", "madame", "inc", "ltd", "ltee", "llc", "corp", "company", "compagnie", "farm",
        "farms", "ferme", "fermes", "canada",
    )
)  # fmt: skip
_PARTICLES = _FUNCTION_WORDS | frozenset(
    (
        "del", "della", "dos", "das", "al", "van", "von", "der", "den", "ter", "ten", "bin", "bint", "ibn", "ben",
        "abu", "st", "ste", "saint", "sainte", "san", "santa", "mac",
    )
)  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "å": "aa"})

_TITLES = frozenset(
    (
        "mr", "mrs", "ms", "miss", "mx", "dr", "m", "mm", "mme", "mmes", "mlle", "monsieur", "madame", "me", "maitre",
        "sr", "sra", "srta", "senor", "senora", "senorita", "don", "dona", "ginoo", "ginang", "officer", "agent",
        "supervisor", "foreman", "boss", "worker", "named", "nomme", "nommee", "llamado", "llamada",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Name:
    """One entry: its words in order, those that count alone, those that count only beside another, its
    initials."""

    words: tuple[str, ...]
    alone: frozenset[str]
    beside: frozenset[str]
    initials: frozenset[str]


@dataclass(frozen=True, slots=True)
class DenyList:
    """Everything of one record that must not remain in its text."""

    names: tuple[_Name, ...] = field(repr=False)
    alone: frozenset[str] = field(repr=False)
    whole: frozenset[str] = field(repr=False)
    short: frozenset[str] = field(repr=False)
    squeezed: tuple[str, ...] = field(repr=False)
    monograms: tuple[re.Pattern[str], ...] = field(repr=False)
    joined: JoinedNames = field(repr=False)

    @classmethod
    def of(cls, entries: Sequence[str]) -> "DenyList":
        """Parses the entries; empty ones and single letters or digits name nobody and are left out."""
        names: list[_Name] = []
        whole: set[str] = set()
        squeezed: set[str] = set()
        short: set[str] = set()
        monograms: dict[str, None] = {}
        for entry in entries:
            for spelling in {entry, entry.translate(_UMLAUTS)}:
                folded = fold(spelling).text
                words = tuple(word.lower() for word in _WORD.findall(folded))
                run = "".join(words)
                if len(run) >= MIN_SQUEEZED or (len(run) >= 2 and not run.isascii()):
                    squeezed.add(run)
                squeezed.update(_tokens_with_digits(folded))
                if _is_number(folded):
                    words = tuple(word for word in words if word.isalpha() and len(word) >= MIN_SPACED)
                if not words or folded.lstrip()[:1].isdigit() or "@" in folded:
                    continue
                name = _parse(words)
                names.append(name)
                short.update(_short_parts(folded, words))
                squeezed.update(_family_characters(spelling))
                monograms.update(dict.fromkeys(_monograms(words)))
                if len(words) == 1 and len(run) > 1 and not name.alone:
                    whole.add(run)
                whole.update(part for part in name.beside if len(part) >= MIN_PART and part not in _FUNCTION_WORDS)
                squeezed.update(part for part in name.alone if len(part) >= MIN_SPACED)
        alone = frozenset().union(*(name.alone for name in names))
        return cls(
            tuple(names),
            alone,
            frozenset(whole),
            frozenset(short),
            tuple(sorted(squeezed)),
            tuple(re.compile(pattern) for pattern in monograms),
            JoinedNames.of([[word for word in name.words if word not in _PARTICLES] for name in names]),
        )

    def find(self, text: str) -> list[tuple[int, int]]:
        """Spans (start, end) in a folded text, unordered, perhaps overlapping."""
        words = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
        lowered = [word.lower() for _, _, word in words]
        hits = {index for index, word in enumerate(lowered) if self._hit(word, words[index][2])}
        if self.short:
            hits |= self._short_hits(words, lowered, text)
        if self.names:
            _spread(self.names, text, words, lowered, hits)
        spans = [(words[index][0], words[index][1]) for index in hits]
        spans.extend(self._squeezed_spans(words, lowered))
        spans.extend(match.span() for pattern in self.monograms for match in pattern.finditer(text))
        spans.extend(self.joined.find(text))
        return spans

    def _short_hits(self, words: list[tuple[int, int, str]], lowered: list[str], text: str) -> set[int]:
        """Names of two letters: wherever they begin with a capital, and in any case behind a title."""
        found = set()
        for index, word in enumerate(lowered):
            if word not in self.short and not (len(word) == 3 and word[-1] == "s" and word[:-1] in self.short):
                continue
            titled = index > 0 and lowered[index - 1] in _TITLES and _SEPARATOR.fullmatch(_gap(text, words, index - 1))
            if words[index][2][0].isupper() or titled:
                found.add(index)
        return found

    def _hit(self, word: str, written: str) -> bool:
        if word in self.alone or (word in self.whole and written[0].isupper()):
            return True
        return (
            len(word) > MIN_PART
            and word[-1] == "s"
            and (word[:-1] in self.alone or (word.endswith("es") and word[:-2] in self.alone))
        )

    def _squeezed_spans(self, words: list[tuple[int, int, str]], lowered: list[str]) -> Iterator[tuple[int, int]]:
        if not self.squeezed:
            return
        run = "".join(lowered)
        starts: list[int] = []
        length = 0
        for word in lowered:
            starts.append(length)
            length += len(word)
        boundaries = {*starts, length}
        for needle in self.squeezed:
            at = run.find(needle)
            while at >= 0:
                end = at + len(needle)
                if (at in boundaries and end in boundaries) or not needle.isascii():
                    first = bisect_left(starts, at + 1) - 1
                    last = bisect_left(starts, end) - 1
                    yield words[first][0], words[last][1]
                at = run.find(needle, at + 1)


def _short_parts(folded: str, words: tuple[str, ...]) -> set[str]:
    """Parts of two letters that are a name: not the small words within a longer one ("de la", also in capitals), but
    one that stands first or last ("Le Thi Hoa")."""
    found = set()
    for written in _WORD.findall(folded):
        word = written.lower()
        named = len(word) == MIN_PART - 1 and word.isalpha() and written[0].isupper()
        if named and (word not in _PARTICLES or word in (words[0], words[-1])):
            found.add(word)
    return found


def _family_characters(spelling: str) -> set[str]:
    """The family name of a name in Han characters or Hangul, which stands first and is one character."""
    letters = [character for character in spelling if character.isalpha()]
    if not 2 <= len(letters) <= 4 or not all(_is_ideographic(character) for character in letters):
        return set()
    return {fold(letters[0]).text}


def _is_ideographic(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" or character >= "\U00020000"


def _monograms(words: tuple[str, ...]) -> Iterator[str]:
    """Initials with points, from the first to any later word, as patterns: `J.H.`, `J. H.`, `J.-H.`."""
    letters = [word[0].upper() for word in words if word.isalpha() and word not in _PARTICLES]
    for end in range(2, len(letters) + 1):
        for chosen in {tuple(letters[:end]), (letters[0], letters[end - 1])}:
            if all(letter.isascii() for letter in chosen):
                yield r"(?<![A-Za-z])" + r"\.[ \-]?".join(chosen) + r"\.(?![A-Za-z])"


def _is_number(folded: str) -> bool:
    """Whether an entry is a number or reference ("TIP-000123", "EXAM 0101 0112"): its letters name nobody."""
    digits = sum(map(str.isdigit, folded))
    return digits > 0 and (len(folded.split()) == 1 or digits >= sum(map(str.isalpha, folded)))


def _tokens_with_digits(folded: str) -> Iterator[str]:
    for token in re.findall(r"[^\W_]+", folded):
        if len(token) >= MIN_SQUEEZED and not token.isalpha():
            yield "".join(word.lower() for word in _WORD.findall(token))


def _parse(words: tuple[str, ...]) -> _Name:
    letters = [word for word in words if word.isalpha()]
    alone = {word for word in letters if len(word) >= MIN_PART and word not in _PARTICLES}
    if len(letters) == 1:
        alone |= {word for word in letters if len(word) >= MIN_PART}
    for first, second in pairwise(letters):
        if len(first) + len(second) >= MIN_SPACED:
            alone.add(first + second)
    if len(letters) > 2:
        alone.add("".join(letters))
    beside = set(letters) - alone
    initials = {word[0] for word in letters if word not in _PARTICLES}
    if len(letters) > 1:
        alone |= {
            initial + word for word in alone if len(word) > MIN_PART for initial in initials if initial != word[0]
        }
    return _Name(tuple(letters), frozenset(alone), frozenset(beside), frozenset(initials))


def _spread(
    names: tuple[_Name, ...], text: str, words: list[tuple[int, int, str]], lowered: list[str], hits: set[int]
) -> None:
    """Adds to `hits` the short parts, particles and initials next to a part of the same name."""
    for name in names:
        mine = {index for index in hits if lowered[index].rstrip("s") in name.alone or lowered[index] in name.alone}
        if len(name.words) > 1 and name.beside:
            mine |= _short_pairs(name, text, words, lowered)
        pending = list(mine)
        while pending:
            index = pending.pop()
            for other in (index - 1, index + 1):
                if 0 <= other < len(words) and other not in mine and _belongs(name, text, words, lowered, index, other):
                    mine.add(other)
                    pending.append(other)
        hits |= mine


def _gap(text: str, words: list[tuple[int, int, str]], first: int) -> str:
    return text[words[first][1] : words[first + 1][0]]


def _belongs(
    name: _Name, text: str, words: list[tuple[int, int, str]], lowered: list[str], index: int, other: int
) -> bool:
    gap = _gap(text, words, min(index, other))
    if gap and _SEPARATOR.fullmatch(gap) is None:
        return False
    word = lowered[other]
    if word in name.beside:
        return True
    if not set(word) <= name.initials or not _may_be_initials(text, words[other]):
        return False
    if other < index:
        return gap in ("", " ", ". ", ".", "-", ".-", "\n")
    return gap in ("", " ", ", ", ",", "-") or (gap in (".", ". ", "-", ".-") and len(lowered[index]) == 1)


def _may_be_initials(text: str, word: tuple[int, int, str]) -> bool:
    """Up to three capitals, or one small letter that is not a word of its own nor an elided one (`l'`)."""
    _, end, written = word
    if written.isupper():
        return len(written) <= 3
    return len(written) == 1 and written not in "aiouy" and text[end : end + 1] != "'"


def _short_pairs(name: _Name, text: str, words: list[tuple[int, int, str]], lowered: list[str]) -> set[int]:
    """Two different parts of a name side by side, even if both are short ("Li Wu"), unless both are
    particles."""
    parts = frozenset(name.words)
    found: set[int] = set()
    for index in range(len(words) - 1):
        first, second = lowered[index], lowered[index + 1]
        if (
            first != second
            and first in parts
            and second in parts
            and not (first in _PARTICLES and second in _PARTICLES)
            and _SEPARATOR.fullmatch(_gap(text, words, index))
        ):
            found |= {index, index + 1}
    return found
