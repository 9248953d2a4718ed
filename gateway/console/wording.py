"""The words of a page in one language: sentences by key, plural forms, dates and numbers as its readers write them.

Invariant: a key that has no words is a fault, never an empty place (a test renders every page in both languages).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from gateway.domain.due import OTTAWA
from gateway.service.words.sentences import Lang

Words = Mapping[Lang, Mapping[str, str | Mapping[str, str]]]
"""Sentences by key; a mapping by plural form (`one`, `other`, `many`) where the number decides."""
LOCALES: Final[Mapping[Lang, Locale]] = {"en": Locale("en", "CA"), "fr": Locale("fr", "CA")}
OTHER: Final[Mapping[Lang, Lang]] = {"en": "fr", "fr": "en"}


class Wording:
    """`words` are looked through in their order."""

    def __init__(self, lang: Lang, *words: Words) -> None:
        self.lang: Lang = lang
        self._words = [one[lang] for one in words]
        self._locale = LOCALES[lang]

    def __call__(self, key: str, /, *fill: object, count: int | None = None) -> Markup:
        """The sentence, its places filled with what is escaped; with `count`, in the plural form of the number, which
        takes the first place."""
        found = self._find(key)
        if not isinstance(found, str):
            form = self._locale.plural_form(count if count is not None else 0)
            found = found.get(form) or found["other"]
        places = (() if count is None else (self.number(count),)) + fill
        return Markup(found).format(*(escape(one) for one in places))  # noqa: S704 - our own words; what fills is escaped

    def has(self, key: str) -> bool:
        return any(key in one for one in self._words)

    def number(self, value: float) -> str:
        return str(format_decimal(value, locale=self._locale))

    def moment(self, value: str | datetime) -> str:
        """A time of the log (UTC) as Ottawa's, to the minute."""
        at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        pattern = "d MMM y, HH:mm" if self.lang == "en" else "d MMM y, HH 'h' mm"
        return str(format_datetime(at, pattern, tzinfo=OTTAWA, locale=self._locale))

    def day(self, value: str | date | datetime) -> str:
        """A day in Ottawa, or the calendar day it is."""
        if isinstance(value, str):
            value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        if isinstance(value, datetime):
            value = value.astimezone(OTTAWA).date()
        return str(format_date(value, "long", locale=self._locale))

    def title(self, words: Mapping[str, str]) -> str:
        """Words that come in both languages."""
        return words[self.lang]

    def heading(self, words: Mapping[str, str]) -> str:
        """The same, as a sentence begins."""
        found = words[self.lang]
        return found[:1].upper() + found[1:]

    def listed(self, items: Iterable[object]) -> str:
        return ", ".join(str(item) for item in items)

    def _find(self, key: str) -> Any:
        for one in self._words:
            if key in one:
                return one[key]
        raise KeyError(f"no words for {key!r} in {self.lang}")
