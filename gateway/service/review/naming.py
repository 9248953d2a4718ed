"""What a deployment's files call units, purposes, elements and provisions, in one language.

Invariant: what the files do not know is called by its code. Does not: word sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gateway.domain.element import Form
from gateway.service.review.compare_sentences import COMPARED
from gateway.service.words.explain import Titles, Vocabulary
from gateway.service.words.sentences import SENTENCES, Lang


@dataclass(frozen=True, slots=True)
class Naming:
    lang: Lang
    vocabulary: Vocabulary

    def unit(self, code: str) -> str:
        return self._title(self.vocabulary.units, code)

    def units(self, codes: Sequence[str]) -> str:
        """Units, those of one institution together."""
        found: dict[str, list[str]] = {}
        for code in codes:
            institution = self._title(self.vocabulary.institutions, code)
            found.setdefault(institution, []).append(self.unit(code).removeprefix(f"{institution}, "))
        together = COMPARED[self.lang]["of-institution"]
        return "; ".join(together.format(name, "; ".join(units)) for name, units in found.items())

    def purpose(self, code: str) -> str:
        return self._title(self.vocabulary.purposes, code)

    def obligation(self, code: str) -> str:
        return self._title(self.vocabulary.obligations, code)

    def provision(self, code: str) -> str:
        """Title, instrument and section."""
        words = self.vocabulary
        if code not in words.sections:
            return code
        section = words.sections[code][self.lang]
        instrument = self._title(words.instruments, code)
        return COMPARED[self.lang]["provision"].format(self._title(words.provisions, code), instrument, section)

    def record_type(self, code: str) -> str:
        known = self.vocabulary.catalogue.find(code)
        if known is None:
            return code
        return known.label_en if self.lang == "en" else known.label_fr

    def element(self, record_type: str, code: str) -> str:
        known = self.vocabulary.catalogue.find(record_type)
        element = known.elements.get(code) if known else None
        if element is None:
            return code
        return element.label_en if self.lang == "en" else element.label_fr

    def any_element(self, code: str) -> str:
        """The element of the first record type that has one of this name."""
        types = self.vocabulary.catalogue.record_types
        return next((self.element(name, code) for name, known in types.items() if code in known.elements), code)

    def attribute(self, code: str) -> str:
        """The element that holds a record attribute."""
        types = self.vocabulary.catalogue.record_types.items()
        held = ((name, known.attributes[code]) for name, known in types if code in known.attributes)
        name, element = next(held, ("", code))
        return self.element(name, element)

    def value(self, value: Any) -> str:
        """A value of an attribute."""
        say = COMPARED[self.lang]
        if isinstance(value, bool):
            return say["yes" if value else "no"]
        return say["none"] if value is None else say["value"].format(value)

    def form(self, form: Form) -> str:
        exact = f"{form.kind}-{form.to}"
        key = exact if exact in SENTENCES[self.lang] else str(form.kind)
        return SENTENCES[self.lang][key].format(form.to if form.to is not None else form.keep)

    def _title(self, titles: Titles, code: str) -> str:
        found = titles.get(code)
        return code if found is None else found[self.lang]
