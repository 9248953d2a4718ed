"""What an agreement's codes are called on a page, in one language; a form and a condition in words.

Invariant: what the rulebook does not know is called by its code, so that a draft that names it can be read. Does not:
judge whether a code is right.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.console.visit import Visit
from gateway.service.words.sentences import SENTENCES, Lang


@dataclass(frozen=True, slots=True)
class Names:
    """Over what `workshop.names` gives."""

    lang: Lang
    known: Mapping[str, Any]

    def institution(self, organization: str) -> str:
        return self._title(self.known["organizations"].get(organization), organization)

    def unit(self, code: str) -> str:
        row = self.known["units"].get(code)
        return code if row is None else self._title(row["name"], code)

    def units(self, codes: Iterable[str]) -> list[str]:
        return [self.unit(code) for code in codes]

    def purpose(self, code: str) -> str:
        return self._title(self.known["purposes"].get(code), code)

    def duty(self, code: str) -> str:
        return self._title(self.known["obligations"].get(code), code)

    def provision(self, code: str) -> str:
        """Instrument, section and title."""
        row = self.known["provisions"].get(code)
        if row is None:
            return code
        section = f"s. {row['section']['en']}" if self.lang == "en" else f"art. {row['section']['fr']}"
        return f"{row['instrument'][self.lang]}, {section}: {row['title'][self.lang]}".replace(
            ": ", "\u00a0: " if self.lang == "fr" else ": ", 1
        )

    def record_type(self, code: str) -> str:
        row = self.known["record_types"].get(code)
        return code if row is None else self._title(row["name"], code)

    def element(self, record_type: str, code: str) -> str:
        row = self._element(record_type, code)
        return code if row is None else self._title(row["name"], code)

    def sensitivity(self, record_type: str, code: str) -> str | None:
        """A key of the words of a page."""
        row = self._element(record_type, code)
        return None if row is None else str(row["sensitivity"])

    def attribute(self, record_type: str, code: str) -> str:
        """The element that holds a record attribute."""
        row = self.known["record_types"].get(record_type)
        return code if row is None else self.element(record_type, row["attributes"].get(code, code))

    def form(self, form: Mapping[str, Any]) -> str:
        say, to = SENTENCES[self.lang], form.get("to")
        key = f"{form['kind']}-{to}"
        return say[key if key in say else form["kind"]].format(to if to is not None else form.get("keep"))

    def values(self, values: Sequence[object]) -> str:
        """The values a condition allows."""
        said = {True: ("yes", "oui"), False: ("no", "non")}
        words = [said[one][self.lang == "fr"] if isinstance(one, bool) else str(one) for one in values]
        return {"en": " or ", "fr": " ou "}[self.lang].join(words)

    def _element(self, record_type: str, code: str) -> Mapping[str, Any] | None:
        row = self.known["record_types"].get(record_type)
        found: Mapping[str, Any] | None = None if row is None else row["elements"].get(code)
        return found

    def _title(self, words: Mapping[str, str] | None, code: str) -> str:
        return code if words is None else words[self.lang]


async def names_for(visit: Visit) -> Names:
    return Names(visit.lang, await visit.call("workshop.names"))
