"""The values that forms and requests are made of: codes, readable texts, days, digests of papers.

Invariant: a text holds characters that can be seen, in any script. Does not: say which form asks for which value.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from gateway.domain.free_text import is_readable

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
ElementName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


def _readable(text: str) -> str:
    if not is_readable(text):
        raise ValueError("visible characters and spaces only")
    return text


def _readable_prose(text: str) -> str:
    if not is_readable(text, prose=True):
        raise ValueError("visible characters, spaces and line ends only")
    return text


_LATIN: Final = "!-~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2015\u2018-\u2027\u20ac"
"""What the description of the API promises to take. Other scripts are taken as well (`gateway.domain.free_text`), but a
pattern cannot say which of their characters can be seen."""


def _described(blanks: str) -> Any:
    return Field(json_schema_extra={"pattern": f"^[{blanks}{_LATIN}]*[{_LATIN}][{blanks}{_LATIN}]*$"})


Value = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_readable), _described(" ")]
Prose = Annotated[
    str,
    StringConstraints(min_length=1, max_length=4000),
    AfterValidator(_readable_prose),
    _described(r" \n\t\u00a0\u202f"),
]
Digest = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$")]


def _day(value: object) -> object:
    if not isinstance(value, str) or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is None:
        raise ValueError("a day is YYYY-MM-DD")
    return value


Day = Annotated[date, Field(strict=False, description="YYYY-MM-DD, a day in Ottawa"), BeforeValidator(_day)]


def stated(said: Mapping[str, object]) -> tuple[str, ...]:
    """The codes of what a form says; None says nothing."""
    return tuple(code for code, value in said.items() if value is not None)


def given(texts: Mapping[str, str | None]) -> dict[str, str]:
    """The texts that were given, by their member."""
    return {name: text for name, text in texts.items() if text is not None}
