"""The reason codes of a finding as they are published: `6`, `5, 6, 9`, `6 and 15`, `2, 9 15`, `6 et 9`, `2 to 4`.

The codes are numbers of conditions (IRPR 209.2 to 209.4, in the department's numbering). A mark of a footnote is no
code; what is neither is told as not understood, and the codes beside it are kept.
"""

import re
from dataclasses import dataclass

_FOOTNOTE = re.compile(
    r"\b(?:footnote|note(?: de bas de page| en bas de page)?)s? ?(?:[*†‡]+|\d{1,2})?|[*†‡]+|[⁰¹²³⁴-⁹]+|\[\w{1,3}\]",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<!\d)(\d{1,2}) ?(?:to|through|à|a|[-–—‑]) ?(\d{1,2})(?!\d)", re.IGNORECASE | re.ASCII)
_JOINING = re.compile(r"\b(?:and|et|as well as|ainsi que|plus)\b|[,;&+/.\s]+", re.IGNORECASE)
_WORDS = re.compile(r"^(?:reasons?|raisons?|motifs?|codes?|conditions?)\b ?(?:\(s\))? ?:?", re.IGNORECASE)
_LONGEST = 1000
_CODE = re.compile(r"[1-9]\d?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reasons:
    """Codes in the order published, each once. `ranged`: some were written as a range."""

    codes: tuple[str, ...]
    understood: bool
    ranged: bool
    footnote: bool


def reasons_of(cell: str) -> Reasons:
    """The codes of the cell; never raises."""
    if len(cell) > _LONGEST:
        return Reasons((), False, False, False)
    footnote = _FOOTNOTE.search(cell) is not None
    ranged = False

    def span(found: re.Match[str]) -> str:
        nonlocal ranged
        first, last = int(found[1]), int(found[2])
        if not first < last:
            return f" {found[1]}?{found[2]} "
        ranged = True
        return " ".join(str(code) for code in range(first, last + 1))

    text = _RANGE.sub(span, _WORDS.sub("", _FOOTNOTE.sub(" ", cell)))
    parts = [part for part in _JOINING.split(text) if part]
    codes = [part for part in parts if _CODE.fullmatch(part)]
    return Reasons(tuple(dict.fromkeys(codes)), len(codes) == len(parts), ranged, footnote)
