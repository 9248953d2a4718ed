"""Times as people read them: Ottawa's local time to the minute, with the zone named in the reader's language.

Invariant: nobody reads a UTC day; what machines read stays UTC. Does not: word letters, which have their own style.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from gateway.domain.due import OTTAWA
from gateway.service.words.sentences import Lang

ZONE: Final[Mapping[Lang, str]] = {"en": "Ottawa time", "fr": "heure d'Ottawa"}


def minute(at: datetime) -> str:
    """`2026-11-24 16:05`, for a column whose heading names the zone; `at` is aware."""
    return f"{at.astimezone(OTTAWA):%Y-%m-%d %H:%M}"


def moment(at: datetime, lang: Lang) -> str:
    """`2026-11-24 16:05 (Ottawa time)`; `at` is aware."""
    return f"{minute(at)} ({ZONE[lang]})"
