"""Which encoding a published file is in: by its mark, by being valid, at last by how plausible its letters are.

Every byte sequence is valid Windows-1252, CP850 and Mac Roman, or nearly, so that decoding proves nothing there. What
tells them apart is which letters come out between which neighbours: `Québec` is a word, `QuÚbec` and `Qu‚bec` are not.
Every letter of the file counts. Where nothing reads as words the file is refused, because a wrong guess garbles names.
Does not repair: a file that is UTF-8 with a few broken bytes is refused with the line of the first.
"""

import codecs
import re
from collections import Counter
from collections.abc import Mapping

from gateway.adapters.sources.errors import LoadError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32 before UTF-16, whose little-endian mark begins the same."""
_SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")
_SAMPLE = 4096
_MOST_WEIGHED = 1_000_000
_PLAUSIBLE = 1.0
"""Of 2 a letter: most of what is not ASCII are letters of words."""
_FRENCH = frozenset("àâçèéêëîïôûùœæ")
_OTHER_LETTERS = frozenset("áãäåíìñóòöõøúüýÿß")
_MARKS_OF_TEXT = frozenset("\u00a0’‘“”–—…«»·°®™©€•ªº½¼¾²³¹´")
_HIGH = re.compile(rb"[\x80-\xff]")


def decode(name: str, raw: bytes) -> tuple[str, str]:
    """Encoding and text. Raises LoadError with file and line where the bytes are in no encoding that fits."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _whole(name, raw, encoding)
    unmarked = _utf_16_without_mark(raw)
    if unmarked is not None:
        return _whole(name, raw, unmarked)
    try:
        return "utf-8", raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    encoding = _most_plausible(name, raw, line)
    return encoding, raw.decode(encoding)


def _whole(name: str, raw: bytes, encoding: str) -> tuple[str, str]:
    try:
        return encoding, raw.decode(encoding)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, "ignore")
        raise LoadError(
            f"{name}:{before.count(chr(10)) + 1}: not {encoding.upper()}, which the file begins as"
        ) from None


def _utf_16_without_mark(raw: bytes) -> str | None:
    """Latin text in UTF-16 has a NUL in every second byte, at the same side throughout."""
    sample = raw[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if len(sample) < 4:
        return None
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.05 else None


def _most_plausible(name: str, raw: bytes, line: int) -> str:
    seen = _neighbourhoods(raw)
    scores = {encoding: _score(seen, encoding) for encoding in _SINGLE_BYTE}
    windows = scores["cp1252"]
    best = max((score for score in scores.values() if score is not None), default=None)
    if windows is not None and windows >= 0:
        return "cp1252"
    for encoding, score in scores.items():
        if score is not None and score == best and score >= _PLAUSIBLE * min(seen.total(), _MOST_WEIGHED):
            return encoding
    if _mostly_utf_8(raw):
        raise LoadError(f"{name}:{line}: UTF-8 with broken bytes; publish or save it as UTF-8 again")
    if windows is not None:
        return "cp1252"
    raise LoadError(f"{name}:{line}: neither UTF-8 nor Windows-1252, CP850 or Mac Roman that reads as words")


def _neighbourhoods(raw: bytes) -> Counter[bytes]:
    """How often each high byte occurs between which two bytes."""
    seen: Counter[bytes] = Counter()
    padded = b" " + raw + b" "
    for number, found in enumerate(_HIGH.finditer(padded)):
        if number == _MOST_WEIGHED:
            break
        seen[padded[found.start() - 1 : found.end() + 1]] += 1
    return seen


def _score(seen: Mapping[bytes, int], encoding: str) -> float | None:
    """How much the file reads as words in this encoding; None where it cannot be in it."""
    total = 0.0
    for around, times in seen.items():
        try:
            written = around.decode(encoding)
        except (UnicodeDecodeError, ValueError):
            return None
        total += times * _plausibility(written[0], written[1], written[2])
    return total


def _plausibility(before: str, letter: str, after: str) -> float:
    if letter in _MARKS_OF_TEXT:
        return 0.5 if letter in "’\u00a0" else 0.1
    small = letter.lower()
    if not letter.isalpha() or small not in _FRENCH | _OTHER_LETTERS:
        return -3.0
    if not (before.isalpha() or after.isalpha()):
        return 0.0
    if letter != small and before.islower():
        return -3.0
    if letter == small and before.isupper() and after.isupper():
        return -1.0
    return 2.0 if small in _FRENCH else -0.5


def _mostly_utf_8(raw: bytes) -> bool:
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) > 2 * broken
