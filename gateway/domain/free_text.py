"""Whether a text that somebody wrote can be read as what it is: no character that nobody sees.

A case reference with an invisible character in it is another reference than the one on the screen; a bidirectional
override turns what a reviewer reads around; a blank justification justifies nothing. Refused: control, format,
surrogate, private-use and unassigned characters, line and paragraph separators, letters that look like a blank,
variation selectors, more than four combining marks on one letter or one without a letter, and texts without anything
visible.
In `prose` line ends, tabs and no-break spaces are what people type; elsewhere the only blank is the space.
Source: Unicode 15 general categories (UAX 44) and Default_Ignorable_Code_Point. Does not: change or tell the text.
"""

import re
import unicodedata
from typing import Final

MOST_MARKS: Final = 4
_PLAIN: Final = re.compile(r"[ -~]*[!-~][ -~]*", re.ASCII)
_PLAIN_PROSE: Final = re.compile(r"[ -~\n\r\t]*[!-~][ -~\n\r\t]*", re.ASCII)
_UNSEEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_TYPED_IN_PROSE: Final = frozenset("\n\r\t\u00a0\u202f")
_LOOKS_BLANK: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\U0001d159"
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)


def is_readable(text: str, *, prose: bool = False) -> bool:
    """Whether everything in the text can be seen, and something is there to see. One pass."""
    if text.isascii():
        return (_PLAIN_PROSE if prose else _PLAIN).fullmatch(text) is not None
    visible = False
    marks = MOST_MARKS
    for sign in text:
        if prose and sign in _TYPED_IN_PROSE:
            marks = MOST_MARKS
            continue
        category = unicodedata.category(sign)
        if category in _UNSEEN_CATEGORIES or sign in _LOOKS_BLANK or (category == "Zs" and sign != " "):
            return False
        if category[0] == "M":
            marks += 1
            if marks > MOST_MARKS:
                return False
            continue
        marks = MOST_MARKS if category == "Zs" else 0
        visible = visible or category != "Zs"
    return visible
