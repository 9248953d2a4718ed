"""Folding: the text as detection sees it, with a way back to the text as it was written.

Compatibility forms, digits of any script, accents, ligatures, look-alike letters, exotic spaces, dashes and
quotes become plain ASCII where they can; zero-width and other format characters and combining marks vanish.
Case is kept. Invariant: every folded character knows its source character, so that a span found in the
folded text covers all of its source, the invisible characters inside and the marks behind it included. Does
not detect anything. Sources: Unicode Standard Annex #15 (NFKD), general categories Cf, Mn, Nd, Pd, Zs; a
part of UTS #39 confusables.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
        "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H",
    }
)  # fmt: skip
_LOOK_ALIKES = str.maketrans(
    dict(
        zip(
            "аеорсхуіѕјԁһԛԝАВЕКМНОРСТХУІЅЈαορνικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
            "aeopcxyisjdhqwABEKMHOPCTXYISJaopvikABEZHIKMNOPTYX",
            strict=True,
        )
    )
)
# Apostrophes, and the modifier and glottal letters that are written for them or are left out.
_QUOTES = "‘’‚‛′ʼʹ´`＇ʻʽʾʿˀˁʔʕɁɂˊˋˈꞌ"
# Letters and signs that look like nothing.
_LOOK_BLANK = "\u115f\u1160\u17b4\u17b5\u2800\ufff9\ufffa\ufffb\U0001d159"
_DASHES = "−˗⁃"
_PLACEHOLDER = re.compile(r"\[[A-Z]{2,9}\]")
BLANK = "\ufffc"


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in _QUOTES:
        # Before NFKD, which makes a blank and a combining accent of some.
        return "'"
    folded: list[str] = []
    for part in unicodedata.normalize("NFKD", character):
        category = unicodedata.category(part)
        if category in ("Mn", "Me", "Cf") or part in _LOOK_BLANK:
            continue
        if category == "Nd":
            folded.append(str(unicodedata.decimal(part)))
        elif category == "Pd" or part in _DASHES:
            folded.append("-")
        elif part in _QUOTES:
            folded.append("'")
        elif category in ("Zs", "Zl", "Zp"):
            folded.append("\n" if category != "Zs" else " ")
        else:
            folded.append(part.translate(_LETTERS).translate(_LOOK_ALIKES))
    return "".join(folded)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `origin[i]` is the index in the source of the character behind folded character `i`."""

    text: str = field(repr=False)
    source: str = field(repr=False)
    origin: tuple[int, ...] | None = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of a non-empty folded span, with the invisible characters that follow it."""
        if self.origin is None:
            return start, end
        first, last = self.origin[start], self.origin[end - 1] + 1
        while last < len(self.source) and not _fold_character(self.source[last]):
            last += 1
        return first, last


def fold(source: str) -> Folded:
    """Folds a text. ASCII maps onto itself."""
    if source.isascii():
        return Folded(source, source, None)
    characters: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(source):
        folded = character if character < "\x80" else _fold_character(character)
        characters.append(folded)
        origin.extend([index] * len(folded))
    return Folded("".join(characters), source, tuple(origin))


def blank_placeholders(text: str, placeholders: frozenset[str]) -> str:
    """The text with placeholders of an earlier scrub overwritten, so that nothing is found in them; same
    length."""
    if "[" not in text:
        return text
    return _PLACEHOLDER.sub(lambda found: BLANK * len(found[0]) if found[0] in placeholders else found[0], text)
