"""Numbers by closed patterns of a declared locale: read exactly, or not at all.

`en` groups by comma and has a decimal point (`1,234.56`), `fr` groups by space and has a decimal comma (`1 234,56`; the
spaces of cells are plain by now, whatever they were). Everything else is no number here: other digits, signs other
than a leading minus, exponents, underscores, hexadecimal, brackets, currency, per cent, leading zeros, and the other
locale's separators, because `18,57` is two numbers depending on who reads it.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal

Locale = Literal["en", "fr"]

LARGEST_INTEGER: Final = 2**53 - 1
"""What JSON carries exactly everywhere (RFC 8259, section 6)."""

_WHOLE = r"0|[1-9]\d{0,2}(?:%s\d{3}){1,4}|[1-9]\d{0,14}"
_INTEGERS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(rf"(-?(?:{_WHOLE % ','}))(?:\.0{{1,2}})?", re.ASCII),
    "fr": re.compile(rf"(-?(?:{_WHOLE % ' '}))(?:,0{{1,2}})?", re.ASCII),
}
_DECIMALS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(rf"(-?(?:{_WHOLE % ','}))(?:\.(\d{{1,9}}))?", re.ASCII),
    "fr": re.compile(rf"(-?(?:{_WHOLE % ' '}))(?:,(\d{{1,9}}))?", re.ASCII),
}
_TYPED = re.compile(r"(-?(?:0|[1-9]\d{0,14}))(?:\.(\d{1,15}))?", re.ASCII)
_GROUPS: Final = str.maketrans("", "", ", ")


def integer(cell: str, locale: Locale, *, typed: bool = False) -> int | None:
    """The whole number that the cell is; `typed` cells come from a workbook's numbers, which have no locale."""
    found = _INTEGERS[locale].fullmatch(cell)
    if found is not None:
        value = int(found[1].translate(_GROUPS))
        return value if abs(value) <= LARGEST_INTEGER else None
    plain = _TYPED.fullmatch(cell) if typed else None
    return int(plain[1]) if plain is not None and not (plain[2] or "").strip("0") else None


def decimal(cell: str, locale: Locale, *, typed: bool = False) -> str | None:
    """The decimal number that the cell is, as a string with a point and every digit that was written."""
    found = _DECIMALS[locale].fullmatch(cell) or (_TYPED.fullmatch(cell) if typed else None)
    if found is None:
        return None
    whole = found[1].translate(_GROUPS)
    return format(Decimal(f"{whole}.{found[2]}" if found[2] else whole), "f")
