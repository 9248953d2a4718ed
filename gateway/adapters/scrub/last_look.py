"""The last look at a scrubbed text, by other means than those that scrubbed it.

Nine digits that are a valid SIN or BN, in whatever punctuation and with O, l or I for digits, must not remain,
whatever stands before or after them; nor a name of the record in a spelling that machines make of it: HTML entities,
URL encoding, UTF-8 read as another code, `?` for the letters that were lost; nor a number read out in words, digit by
digit; nor digits straight behind the label of an identifier. Such a note is doubtful, and what is doubtful is
withheld. Invariant: says that something remains, never what. One pass for each spelling. Does not replace anything.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import unquote

from gateway.domain.identifiers import luhn_valid

CHECKED_DIGITS: Final = 9
_DIGIT_LIKE: Final = str.maketrans("OoQlI|", "000111")
_CHAIN: Final = re.compile(r"(?<![A-Za-z0-9])[0-9OoQlI|](?:[^A-Za-z0-9]{0,3}[0-9OoQlI|])+(?![A-Za-z0-9])")
_PLAIN_CHAIN: Final = re.compile(r"[0-9](?:[^A-Za-z0-9]{0,3}[0-9])+")
_GROUP: Final = re.compile(r"[0-9]+")
_FEWEST_REAL_DIGITS: Final = 6
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});?")
_PERCENT: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_MISREAD: Final = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]")
_LOST: Final = re.compile("[?\ufffd]")
_DIGIT_WORD: Final = (
    "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|un|une|deux|trois|quatre|cinq|sept|huit|neuf|"
    "cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|sero|isa|dalawa|tatlo|apat|lima|anim|pito|walo|siyam)"
)
_READ_OUT: Final = re.compile(
    rf"(?<![A-Za-z]){_DIGIT_WORD}(?:[ ,.;/\-]{{1,3}}{_DIGIT_WORD}(?![A-Za-z])){{6}}", re.IGNORECASE
)
_LABELS: Final = (
    r"s\.?i\.?n|n\.?a\.?s|uci|iuc|passport|passeport|pasaporte|curp|rfc|nss|dpi|cui|dni|trn|sss|philsys|aadhaar|pan|clabe|iban|"
    r"(?:work )?permit|permis(?: de travail)?|permiso(?: de trabajo)?|transit|transito|mtcn"
)
_LABELLED_REST: Final = re.compile(
    rf"(?<![A-Za-z])(?:{_LABELS})(?: (?:no|nr|number|numero|num|n\u00b0|is|est|es)\.?)?[ :#.=]{{1,3}}"
    r"(?!(?:19|20)[0-9]{2}(?![0-9]))(?:[A-Z]{0,4}[0-9]{4,}|[0-9]{3}[ .\-][0-9]{3})(?![0-9]* ?[$%])",
    re.IGNORECASE,
)
_LAYERS: Final = 2
_SHORTEST_LOST: Final = 3


def valid_number_remains(folded: str) -> bool:
    """Whether nine digits with a valid check digit stand together, from the beginning of a group to the end of one."""
    for pattern, sign in ((_PLAIN_CHAIN, None), (_CHAIN, _DIGIT_LIKE)):
        for chain in pattern.finditer(folded):
            text = chain[0]
            if sign is not None:
                if sum(character.isdigit() for character in text) < _FEWEST_REAL_DIGITS:
                    continue
                text = text.translate(sign)
            if any(_is_valid(digits) for digits in _nines(_GROUP.findall(text))):
                return True
    return False


def _nines(groups: Sequence[str]) -> Iterator[str]:
    """Every run of whole groups that has nine digits."""
    first = total = 0
    for last, group in enumerate(groups):
        total += len(group)
        while total > CHECKED_DIGITS and first <= last:
            total -= len(groups[first])
            first += 1
        if total == CHECKED_DIGITS:
            yield "".join(groups[first : last + 1])


def _is_valid(digits: str) -> bool:
    return digits.strip("0") != "" and luhn_valid(digits)


def read_out_or_cut_number_remains(folded: str) -> bool:
    """Whether seven digits stand in words one after the other, in English, French, Spanish or Tagalog, or four digits
    that are no year, or two groups of three, straight behind the label of an identifier."""
    return _READ_OUT.search(folded) is not None or _LABELLED_REST.search(folded) is not None


def other_spellings(text: str) -> Iterator[str]:
    """The text as it reads once its entities, its URL encoding or its misread code are undone; only where there are."""
    if _ENTITY.search(text):
        yield _undone(text, html.unescape)
    if _PERCENT.search(text):
        yield _undone(text, lambda encoded: unquote(encoded, errors="replace"))
    for code in ("cp1252", "latin-1"):
        misread = text
        for _layer in range(_LAYERS):
            if not _MISREAD.search(misread):
                break
            misread = _MISREAD_RUN.sub(lambda run, code=code: _reread(run[0], code), misread)  # type: ignore[misc]
            yield misread


_MISREAD_RUN: Final = re.compile("[\u0080-\u2122]{2,}")


def _reread(run: str, code: str) -> str:
    try:
        return run.encode(code).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return run


def _undone(text: str, undo: object) -> str:
    for _layer in range(_LAYERS):
        text = undo(text)  # type: ignore[operator]
    return text


def lost_letters(text: str, names: Sequence[str]) -> bool:
    """Whether a part of a name with marked letters stands in the text with `?` or U+FFFD in their place."""
    if not _LOST.search(text):
        return False
    lowered = unicodedata.normalize("NFC", text).lower()
    for name in names:
        for part in re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", name)):
            if len(part) < _SHORTEST_LOST or part.isascii():
                continue
            letters = "".join(
                re.escape(letter) if letter.isascii() else "(?:" + re.escape(letter) + "|[?\ufffd]{1,3})"
                for letter in part.lower()
            )
            if any(_LOST.search(found[0]) for found in re.finditer(letters, lowered)):
                return True
    return False
