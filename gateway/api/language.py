"""Which official language an answer is worded in: French where the caller likes it better than English (RFC 9110
section 12.5.4), else English. Does not: fail; what cannot be read as a preference is none."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

MOST_RANGES: Final = 32
_RANGE: Final = re.compile(
    rb"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4}|\*)\s*"
    rb"(?:;\s*[qQ]=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?"
)


def prefers_french(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether the Accept-Language lines prefer French; of equal weights the first counts."""
    lines = [value for name, value in headers if name == b"accept-language"]
    return bool(lines) and _likes_french(lines)


def _likes_french(lines: Sequence[bytes]) -> bool:
    liked: dict[bytes, tuple[float, int]] = {}
    for place, text in enumerate(b",".join(lines).split(b",", MOST_RANGES)[:MOST_RANGES]):
        found = _RANGE.fullmatch(text)
        if found is not None:
            primary = found[1].lower().partition(b"-")[0]
            weight = float(found[2]) if found[2] else 1.0
            liked[primary] = max(liked.get(primary, (-1.0, 0)), (weight, -place))
    other = liked.get(b"*", (0.0, -MOST_RANGES))
    french = liked.get(b"fr", other)
    english = liked.get(b"en", other)
    return french[0] > 0 and french > english
